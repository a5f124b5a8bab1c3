package dev.muster.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.common.errors.SerializationException;

/// Confluent's wire format: a zero byte, the schema's number in four bytes (big-endian), then Avro binary.
///
/// See <https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format>.
final class WireFormat {

    static final int HEAD = 5;
    private static final byte MAGIC = 0;
    private static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private WireFormat() {}

    static byte[] head(int id) {
        return ByteBuffer.allocate(HEAD).put(MAGIC).putInt(id).array();
    }

    /// The number of the schema that the bytes say they were written with.
    static int id(byte[] bytes) {
        if (bytes.length < HEAD) {
            throw new SerializationException("The record has " + bytes.length
                    + " bytes and no schema number: it is not in Confluent's wire format");
        }
        if (bytes[0] != MAGIC) {
            throw new SerializationException("The record begins with 0x%02x in place of 0x00".formatted(bytes[0])
                    + ": it is not in Confluent's wire format");
        }
        return (int) BIG_ENDIAN.get(bytes, 1);
    }
}

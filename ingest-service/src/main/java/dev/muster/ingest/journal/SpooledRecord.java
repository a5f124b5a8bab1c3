package dev.muster.ingest.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// A record of Kafka as the payload of a frame: key, headers and value, to the byte as they would have been written.
final class SpooledRecord {

    private SpooledRecord() {}

    static byte[] encoded(ProducerRecord<byte[], byte[]> record) {
        var parts = new ArrayList<byte[]>();
        parts.add(record.key());
        for (var header : record.headers()) {
            parts.add(header.key().getBytes(UTF_8));
            parts.add(header.value());
        }
        parts.add(record.value());
        var size = parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
        var bytes = ByteBuffer.allocate(Integer.BYTES + size).putInt(parts.size());
        parts.forEach(part -> bytes.putInt(part.length).put(part));
        return bytes.array();
    }

    /// @throws IllegalArgumentException when the payload is none of these
    static ProducerRecord<byte[], byte[]> decoded(String topic, byte[] payload) {
        try {
            var bytes = ByteBuffer.wrap(payload);
            var left = bytes.getInt();
            var key = part(bytes);
            var headers = new RecordHeaders();
            for (left -= 2; left > 0; left -= 2) {
                headers.add(new String(part(bytes), UTF_8), part(bytes));
            }
            return new ProducerRecord<>(topic, null, key, part(bytes), headers);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the record is shorter than it says", e);
        }
    }

    private static byte[] part(ByteBuffer bytes) {
        var length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("a part of " + length + " bytes is longer than the rest");
        }
        var part = new byte[length];
        bytes.get(part);
        return part;
    }
}

package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.Receipt;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdesTest {

    private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://serdes");

    private final SchemaRegistry registry = SchemaRegistries.from(CONFIG);
    private final AvroSerdes avro = new AvroSerdes(registry, CONFIG);
    private final Serde<Delivery> deliveries = avro.of(Delivery.class);
    private final byte[] bytes = deliveries.serializer().serialize("t", Samples.delivery());

    @Test
    void readsWhatItWrote() {
        assertThat(read(bytes)).isEqualTo(Samples.delivery());
    }

    @Test
    void writesConfluentsWireFormat() {
        var id = registry.idOf("t-value", Delivery.getClassSchema());
        assertThat(ByteBuffer.wrap(bytes)).satisfies(it -> {
            assertThat(it.get()).isZero();
            assertThat(it.getInt()).isEqualTo(id);
        });
    }

    @Test
    void whatWasRefusedHalfWayLeavesNothingInTheNextRecord() {
        var incomplete = Samples.delivery();
        incomplete.put("body", null);

        assertThatThrownBy(() -> deliveries.serializer().serialize("t", incomplete))
                .isInstanceOf(SerializationException.class);
        assertThat(deliveries.serializer().serialize("t", Samples.delivery())).isEqualTo(bytes);
    }

    @Test
    void keepsTombstonesBothWays() {
        assertThat(deliveries.serializer().serialize("t", null)).isNull();
        assertThat(deliveries.deserializer().deserialize("t", null)).isNull();
    }

    @Test
    void readsAnOlderRecordIntoTheNewerClass() {
        var old = withoutField(Receipt.getClassSchema(), "deliveryIds");
        var record = copied(Samples.receipt(), old);
        var written = new RecordWriter(registry, CONFIG).write("old-value", record);

        assertThat(avro.of(Receipt.class).deserializer().deserialize("old", written))
                .isEqualTo(Samples.receipt());
    }

    @Test
    void refusesBytesThatAreTooShortForANumber() {
        assertThatThrownBy(() -> read(new byte[] {0, 0, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessage("The record has 3 bytes and no schema number: it is not in Confluent's wire format");
    }

    @Test
    void refusesAnotherFirstByte() {
        bytes[0] = '{';
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessage("The record begins with 0x7b in place of 0x00: it is not in Confluent's wire format");
    }

    @Test
    void refusesANumberThatNobodyKnows() {
        ByteBuffer.wrap(bytes).putInt(1, 4711);
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("mock://serdes has no schema 4711");
    }

    @Test
    void refusesARecordOfAnotherType() {
        var receipt = avro.of(Receipt.class).serializer().serialize("r", Samples.receipt());
        assertThatThrownBy(() -> read(receipt))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("A record of t cannot be read with schema")
                .hasMessageContaining("Delivery");
    }

    @Test
    void refusesARecordThatIsCutOff() {
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 4)))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void refusesARecordThatGoesOnBehindItsEnd() {
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("goes on behind its end");
    }

    /// A length of two gigabytes where the id of the delivery stands, and nothing behind it.
    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE - 8, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void asksForNoMoreMemoryThanTheBytesCanFill(long length) {
        assertThatThrownBy(() -> read(withLength(length))).isInstanceOf(SerializationException.class);
    }

    @Test
    void answersAnyBytesWithARecordOrASerializationException() {
        var random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            var changed = bytes.clone();
            for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
                changed[random.nextInt(5, changed.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(read(changed)).isNotNull();
            } catch (SerializationException e) {
                assertThat(e).hasMessageContaining("A record of t");
            }
        }
    }

    @Test
    void saysWhichRecordLacksAField() {
        var broken = new Delivery();
        assertThatThrownBy(() -> deliveries.serializer().serialize("t", broken))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("A dev.muster.schemas.v1.Delivery for t-value");
    }

    private Delivery read(byte[] some) {
        return deliveries.deserializer().deserialize("t", some);
    }

    private byte[] withLength(long length) {
        var buffer = ByteBuffer.allocate(16).put(bytes, 0, 5);
        for (long rest = (length << 1) ^ (length >> 63); ; rest >>>= 7) {
            if ((rest & ~0x7FL) == 0) {
                buffer.put((byte) rest);
                break;
            }
            buffer.put((byte) (rest & 0x7F | 0x80));
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static Schema withoutField(Schema schema, String name) {
        var fields = schema.getFields().stream()
                .filter(field -> !field.name().equals(name))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static GenericRecord copied(Receipt receipt, Schema schema) {
        var record = new GenericRecordBuilder(schema);
        for (var field : schema.getFields()) {
            var value = receipt.get(field.name());
            record.set(
                    field,
                    switch (value) {
                        case java.time.Instant instant -> instant.toEpochMilli();
                        case Enum<?> constant -> new GenericData.EnumSymbol(field.schema(), constant.name());
                        case null, default -> value;
                    });
        }
        return record.build();
    }
}

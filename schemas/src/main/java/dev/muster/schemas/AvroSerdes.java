package dev.muster.schemas;

import java.util.Map;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Makes the serdes of generated Avro classes over one registry, which all of them share.
///
/// Null is null, both ways: a tombstone. The serdes hold nothing that has to be closed; the registry is the caller's.
public final class AvroSerdes {

    private final SchemaRegistry registry;
    private final RecordWriter records;

    /// @param config with `auto.register.schemas` and `use.latest.version`, of which both may be missing
    public AvroSerdes(SchemaRegistry registry, Map<String, ?> config) {
        this.registry = registry;
        this.records = new RecordWriter(registry, config);
    }

    /// Opens the registry that the configuration names; for tests, where nobody closes it.
    public static AvroSerdes from(Map<String, ?> config) {
        return new AvroSerdes(SchemaRegistries.from(config), config);
    }

    /// The serde of one generated class. A record of another class is refused when it is read.
    public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        return of(type, new SpecificDatumWriter<>(type));
    }

    /// The same with a writer of the caller's own.
    ///
    /// @param writer writes by the schema of the class
    public <T extends SpecificRecord> Serde<T> of(Class<T> type, DatumWriter<T> writer) {
        var reader = RecordReader.of(registry, type);
        return Serdes.serdeFrom(new TypedSerializer<>(records, writer), new TypedDeserializer<>(reader, type));
    }

    /// Makes sure that the registry has the schema of what the topic carries, so that the first write need not ask.
    ///
    /// @throws SchemaRefusedException when the registry does not take it
    public void prepare(String topic, Class<? extends SpecificRecord> type) {
        records.prepare(
                MusterAvroSerializer.subject(topic, false),
                SpecificData.getForClass(type).getSchema(type));
    }

    private record TypedSerializer<T extends SpecificRecord>(RecordWriter records, DatumWriter<T> writer)
            implements Serializer<T> {
        @Override
        public byte @Nullable [] serialize(String topic, @Nullable T value) {
            return value == null ? null : records.write(MusterAvroSerializer.subject(topic, false), value, writer);
        }
    }

    private record TypedDeserializer<T extends SpecificRecord>(RecordReader reader, Class<T> type)
            implements Deserializer<T> {
        @Override
        public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
            return bytes == null ? null : type.cast(reader.read(topic, bytes));
        }
    }
}

package dev.muster.schemas;

import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Writes Avro records in Confluent's wire format; to be named as `value.serializer` (or `key.serializer`).
///
/// Understands Confluent's properties `schema.registry.url`, `auto.register.schemas`, `use.latest.version`,
/// `basic.auth.*`, `bearer.auth.*`, `http.*.timeout.ms`, `max.retries`, `retries.*`, so that Confluent's
/// `KafkaAvroSerializer` can stand in its place. The subject is the topic with `-value` or `-key`.
public final class MusterAvroSerializer implements Serializer<Object> {

    private @Nullable SchemaRegistry owned;
    private @Nullable RecordWriter writer;
    private boolean key;

    /// For Kafka, which calls [#configure] next.
    public MusterAvroSerializer() {}

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        owned = SchemaRegistries.from(config);
        writer = new RecordWriter(owned, config);
        key = isKey;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case IndexedRecord record -> configured().write(subject(topic, key), record);
            default ->
                throw new SerializationException("A " + value.getClass().getName()
                        + " is not an Avro record and cannot be" + " written to " + topic);
        };
    }

    private RecordWriter configured() {
        if (writer == null) {
            throw new IllegalStateException("The serializer was not configured");
        }
        return writer;
    }

    /// Under which name the registry has the schema of what a topic carries.
    static String subject(String topic, boolean key) {
        return topic + (key ? "-key" : "-value");
    }

    @Override
    public void close() {
        if (owned != null) {
            owned.close();
        }
    }
}

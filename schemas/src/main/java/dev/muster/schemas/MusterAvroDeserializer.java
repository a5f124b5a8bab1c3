package dev.muster.schemas;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Reads Avro records in Confluent's wire format; to be named as `value.deserializer` (or `key.deserializer`).
///
/// With `specific.avro.reader=true` records become the generated classes of their names, read into the schema of the
/// class; else generic records. For the rest see [MusterAvroSerializer].
public final class MusterAvroDeserializer implements Deserializer<Object> {

    private static final ConfigDef DEFINITION =
            new ConfigDef().define("specific.avro.reader", ConfigDef.Type.BOOLEAN, false, Importance.MEDIUM, "");

    private @Nullable SchemaRegistry owned;
    private @Nullable RecordReader reader;

    /// For Kafka, which calls [#configure] next.
    public MusterAvroDeserializer() {}

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        var specific = new AbstractConfig(DEFINITION, config, false).getBoolean("specific.avro.reader");
        owned = SchemaRegistries.from(config);
        reader = specific ? RecordReader.ofGeneratedClasses(owned) : RecordReader.ofAnything(owned);
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (reader == null) {
            throw new IllegalStateException("The deserializer was not configured");
        }
        return reader.read(topic, bytes);
    }

    @Override
    public void close() {
        if (owned != null) {
            owned.close();
        }
    }
}

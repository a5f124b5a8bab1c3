package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// The serializers as Kafka makes them: by class name, with Confluent's properties.
class ConfiguredSerdesTest {

    private final Map<String, Object> config = new HashMap<>();
    private final SchemaRegistry registry;

    @AutoClose
    private final MusterAvroSerializer serializer = new MusterAvroSerializer();

    @AutoClose
    private final MusterAvroDeserializer deserializer = new MusterAvroDeserializer();

    ConfiguredSerdesTest(TestInfo test) {
        config.put("schema.registry.url", "mock://" + test.getDisplayName());
        registry = SchemaRegistries.from(config);
    }

    private byte[] written(Object value) {
        serializer.configure(config, false);
        return serializer.serialize("colours", value);
    }

    private Object read(byte[] bytes) {
        deserializer.configure(config, false);
        return deserializer.deserialize("colours", bytes);
    }

    @Test
    void registerWhatIsNew() {
        assertThat(read(written(Samples.red(1)))).isEqualTo(Samples.red(1));
        assertThat(registry.latest("colours-value").schema()).isEqualTo(Samples.colour(1));
    }

    @Test
    void nameTheSubjectOfKeysAfterKeys() {
        serializer.configure(config, true);
        serializer.serialize("colours", Samples.red(1));
        assertThat(registry.latest("colours-key").version()).isEqualTo(1);
    }

    @Test
    void registerNothingWhenTheyMayNot() {
        config.put("auto.register.schemas", "false");
        assertThatThrownBy(() -> written(Samples.red(1))).isInstanceOf(UnknownSchemaException.class);

        registry.register("colours-value", Samples.colour(1));
        assertThat(written(Samples.red(1))).isNotEmpty();
    }

    @Test
    void writeWithTheLatestVersionWhenToldTo() {
        registry.register("colours-value", Samples.colour(1));
        registry.register("colours-value", Samples.colour(2));
        config.put("use.latest.version", true);

        assertThat(((IndexedRecord) read(written(Samples.red(1)))).getSchema()).isEqualTo(Samples.colour(2));
        assertThat(((GenericRecord) read(written(Samples.red(1)))).get("shade")).isEqualTo(7);
    }

    @Test
    void refuseARecordThatDoesNotFitTheLatestVersion() {
        registry.register("colours-value", Samples.incompatibleColour());
        config.put("use.latest.version", true);
        assertThatThrownBy(() -> written(Samples.red(1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("colours-value");
    }

    @Test
    void readGeneratedClassesWhenToldTo() {
        config.put("specific.avro.reader", true);
        assertThat(read(written(Samples.receipt()))).isEqualTo(Samples.receipt());
    }

    @Test
    void sayWhichClassIsMissing() {
        config.put("specific.avro.reader", true);
        assertThatThrownBy(() -> read(written(Samples.red(1))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("no generated class dev.muster.test.Colour");
    }

    @Test
    void refuseWhatIsNotAvro() {
        assertThatThrownBy(() -> written("red"))
                .isInstanceOf(SerializationException.class)
                .hasMessage("A java.lang.String is not an Avro record and cannot be written to colours");
    }

    @Test
    void nameThePropertyThatIsWrong() {
        config.put("auto.register.schemas", "perhaps");
        assertThatThrownBy(() -> serializer.configure(config, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("auto.register.schemas");
    }
}

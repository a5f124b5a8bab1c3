package dev.muster.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.SchemaRefusedException;
import dev.muster.schemas.SchemaRegistries;
import dev.muster.schemas.SchemaRegistry;
import dev.muster.schemas.UnknownSchemaException;
import dev.muster.testkit.Http;
import dev.muster.testkit.NeedsDocker;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Our registry client against the registry that operators run.
@NeedsDocker
class RegistryImageTest {

    @AutoClose
    private final SchemaRegistry registry = open();

    private static SchemaRegistry open() {
        return SchemaRegistries.from(Map.of("schema.registry.url", Images.registryUrl()));
    }

    @Test
    void whatOneRegistersAnotherReads() {
        var id = registry.register("shared-value", colour("name"));
        try (var another = open()) {
            assertThat(another.byId(id)).isEqualTo(colour("name"));
            assertThat(another.idOf("shared-value", colour("name"))).isEqualTo(id);
            assertThat(another.latest("shared-value").version()).isEqualTo(1);
            assertThat(another.register("shared-value", colour("name"))).isEqualTo(id);
        }
    }

    @Test
    void whatIsNotThereIsUnknown() {
        assertThatThrownBy(() -> registry.byId(987_654)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> registry.latest("nobody-value")).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void whatIsNotCompatibleIsRefused() {
        registry.register("strict-value", colour("name"));
        var asked = Http.at(Images.registryUrl())
                .with("Content-Type", "application/vnd.schemaregistry.v1+json")
                .put("/config/strict-value", "{\"compatibility\": \"BACKWARD\"}");
        assertThat(asked.status()).as(asked.body()).isEqualTo(200);

        assertThat(registry.compatibility("strict-value", colour("name")).compatible())
                .isTrue();
        assertThat(registry.compatibility("strict-value", colour("hue")).compatible())
                .isFalse();
        assertThatThrownBy(() -> registry.register("strict-value", colour("hue")))
                .isInstanceOf(SchemaRefusedException.class);
    }

    @Test
    void answersAPing() {
        registry.ping();
    }

    private static Schema colour(String field) {
        return SchemaBuilder.record("Colour")
                .namespace("dev.muster.test")
                .fields()
                .requiredString(field)
                .endRecord();
    }
}

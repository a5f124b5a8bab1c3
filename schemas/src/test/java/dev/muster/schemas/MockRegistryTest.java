package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class MockRegistryTest {

    private static SchemaRegistry mock(String scope) {
        return SchemaRegistries.from(Map.of("schema.registry.url", "mock://" + scope));
    }

    @Test
    void isSharedByItsScope() {
        assertThat(mock("a")).isSameAs(mock("a")).isNotSameAs(mock("b"));
    }

    @Test
    void givesOneNumberToOneSchema() {
        var registry = mock("numbers");
        assertThat(registry.register("s", Samples.colour(1)))
                .isEqualTo(registry.register("s", Samples.colour(1)))
                .isEqualTo(registry.register("other", Samples.colour(1)))
                .isNotEqualTo(registry.register("s", Samples.colour(2)));
        assertThat(registry.latest("s").version()).isEqualTo(2);
    }

    @Test
    void refusesWhatCannotBeReadTogether() {
        var registry = mock("refusal");
        registry.register("s", Samples.colour(1));
        assertThat(registry.compatibility("s", Samples.incompatibleColour()).reasons())
                .isNotEmpty();
        assertThatThrownBy(() -> registry.register("s", Samples.incompatibleColour()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("subject s");
    }

    @Test
    void standsAlone() {
        assertThatThrownBy(() -> SchemaRegistries.from(Map.of("schema.registry.url", "mock://a,http://b")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("stands alone");
    }
}

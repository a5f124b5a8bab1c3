package dev.muster.ingest.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ScimSettingsTest {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(EnableSettings.class);

    @Test
    void hasTheseDefaults() {
        context.run(it ->
                assertThat(it.getBean(ScimSettings.class)).isEqualTo(new ScimSettings(50_000, Duration.ofDays(7))));
    }

    @Test
    void readsItsProperties() {
        context.withPropertyValues("muster.scim.max-resources=10", "muster.scim.silent-after=2d")
                .run(it ->
                        assertThat(it.getBean(ScimSettings.class)).isEqualTo(new ScimSettings(10, Duration.ofDays(2))));
    }

    @ParameterizedTest
    @CsvSource({
        "max-resources=0, muster.scim.max-resources must be from 1 to 200000",
        "max-resources=200001, muster.scim.max-resources must be from 1 to 200000",
        "silent-after=59m, muster.scim.silent-after must be at least 1h"
    })
    void namesThePropertyThatIsWrong(String property, String message) {
        context.withPropertyValues("muster.scim." + property)
                .run(it -> assertThat(it).getFailure().rootCause().hasMessage(message));
    }

    @Test
    void stopsTheStartForAnUnknownProperty() {
        context.withPropertyValues("muster.scim.silentafter=1d", "muster.scim.max=1")
                .run(it -> assertThat(it).getFailure().rootCause().hasMessageContaining("max"));
    }

    @EnableConfigurationProperties(ScimSettings.class)
    static class EnableSettings {}
}

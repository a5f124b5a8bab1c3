package dev.muster.ingest.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class IngestSettingsTest {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(EnableSettings.class);

    @Test
    void hasTheseDefaults() {
        context.run(it -> assertThat(it.getBean(IngestSettings.class))
                .isEqualTo(new IngestSettings(
                        DataSize.ofMegabytes(25),
                        DataSize.ofMegabytes(4),
                        DataSize.ofMegabytes(128),
                        Duration.ofSeconds(10),
                        null,
                        null)));
    }

    @Test
    void readsEveryProperty() {
        context.withPropertyValues(
                        "muster.ingest.max-delivery=1MB",
                        "muster.ingest.max-declaration=64KB",
                        "muster.ingest.in-flight=2MB",
                        "muster.ingest.body-within=3s",
                        "muster.ingest.sources-dir=/etc/muster/sources",
                        "muster.ingest.framework-dir=/etc/muster/framework")
                .run(it -> assertThat(it.getBean(IngestSettings.class))
                        .isEqualTo(new IngestSettings(
                                DataSize.ofMegabytes(1),
                                DataSize.ofKilobytes(64),
                                DataSize.ofMegabytes(2),
                                Duration.ofSeconds(3),
                                Path.of("/etc/muster/sources"),
                                Path.of("/etc/muster/framework"))));
    }

    @ParameterizedTest
    @CsvSource({
        "max-delivery=0B, muster.ingest.max-delivery must be above zero",
        "max-delivery=26MB, muster.ingest.max-delivery must be at most 25MB",
        "max-declaration=0B, muster.ingest.max-declaration must be above zero",
        "max-declaration=26MB, muster.ingest.max-declaration must be at most max-delivery",
        "in-flight=25MB, muster.ingest.in-flight must be above max-delivery",
        "in-flight=2GB, muster.ingest.in-flight must be above max-delivery",
        "body-within=0s, muster.ingest.body-within must be above zero"
    })
    void namesThePropertyThatIsWrong(String property, String message) {
        context.withPropertyValues("muster.ingest." + property)
                .run(it -> assertThat(it).getFailure().rootCause().hasMessageContaining(message));
    }

    @Test
    void stopsTheStartForAnUnknownProperty() {
        context.withPropertyValues("muster.ingest.max-delivry=1MB")
                .run(it -> assertThat(it).getFailure().rootCause().hasMessageContaining("max-delivry"));
    }

    @EnableConfigurationProperties(IngestSettings.class)
    static class EnableSettings {}
}

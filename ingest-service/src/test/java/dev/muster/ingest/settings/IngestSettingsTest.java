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
                        Duration.ofSeconds(5),
                        null,
                        new IngestSettings.Spool(null, DataSize.ofGigabytes(1), Duration.ofMillis(700)),
                        new IngestSettings.Replay(500),
                        new IngestSettings.Watch(
                                Duration.ofSeconds(10), 3, Duration.ofHours(1), Duration.ofDays(7), 5, null))));
    }

    @Test
    void readsEveryProperty() {
        context.withPropertyValues(
                        "muster.ingest.max-delivery=1MB",
                        "muster.ingest.max-declaration=64KB",
                        "muster.ingest.in-flight=2MB",
                        "muster.ingest.body-within=3s",
                        "muster.ingest.sources-dir=/etc/muster/sources",
                        "muster.ingest.sources-reload=1m",
                        "muster.ingest.framework-dir=/etc/muster/framework",
                        "muster.ingest.spool.folder=/var/lib/muster/spool",
                        "muster.ingest.spool.max-size=64MB",
                        "muster.ingest.spool.patience=300ms",
                        "muster.ingest.replay.per-second=20",
                        "muster.ingest.watch.every=1s",
                        "muster.ingest.watch.silence-factor=1.5",
                        "muster.ingest.watch.silence-least=10m",
                        "muster.ingest.watch.learn=1d",
                        "muster.ingest.watch.rejections=2",
                        "muster.ingest.watch.owner=group:default/platform")
                .run(it -> assertThat(it.getBean(IngestSettings.class))
                        .isEqualTo(new IngestSettings(
                                DataSize.ofMegabytes(1),
                                DataSize.ofKilobytes(64),
                                DataSize.ofMegabytes(2),
                                Duration.ofSeconds(3),
                                Path.of("/etc/muster/sources"),
                                Duration.ofMinutes(1),
                                Path.of("/etc/muster/framework"),
                                new IngestSettings.Spool(
                                        Path.of("/var/lib/muster/spool"),
                                        DataSize.ofMegabytes(64),
                                        Duration.ofMillis(300)),
                                new IngestSettings.Replay(20),
                                new IngestSettings.Watch(
                                        Duration.ofSeconds(1),
                                        1.5,
                                        Duration.ofMinutes(10),
                                        Duration.ofDays(1),
                                        2,
                                        "group:default/platform"))));
    }

    @ParameterizedTest
    @CsvSource({
        "max-delivery=0B, muster.ingest.max-delivery must be above zero",
        "max-delivery=26MB, muster.ingest.max-delivery must be at most 25MB",
        "max-declaration=0B, muster.ingest.max-declaration must be above zero",
        "max-declaration=26MB, muster.ingest.max-declaration must be at most max-delivery",
        "in-flight=25MB, muster.ingest.in-flight must be above max-delivery",
        "in-flight=2GB, muster.ingest.in-flight must be above max-delivery",
        "body-within=0s, muster.ingest.body-within must be above zero",
        "spool.max-size=31MB, muster.ingest.spool.max-size must be at least 32MB",
        "replay.per-second=0, muster.ingest.replay.per-second must be above zero",
        "watch.every=1ms, muster.ingest.watch.every must be at least 100ms",
        "watch.silence-factor=0.5, muster.ingest.watch.silence-factor must be at least 1",
        "watch.silence-least=0s, muster.ingest.watch.silence-least must be above zero",
        "watch.learn=-1s, muster.ingest.watch.learn must not be negative",
        "watch.rejections=0, muster.ingest.watch.rejections must be above zero",
        "watch.owner=platform, muster.ingest.watch.owner must be a full reference",
        "spool.patience=0s, muster.ingest.spool.patience must be above zero",
        "spool.patience=6s, muster.ingest.spool.patience must be above zero and at most 5s",
        "sources-reload=0s, muster.ingest.sources-reload must be above zero"
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

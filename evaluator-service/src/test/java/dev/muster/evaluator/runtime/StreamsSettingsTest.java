package dev.muster.evaluator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/// What Kafka makes of the settings, not only what they say.
class StreamsSettingsTest {

    private final StreamsConfig config = config();

    private static StreamsConfig config() {
        var all = new HashMap<>(
                new StreamsSettings(Path.of("/data"), 3, 1, "evaluator-0", "classic", Duration.ofMillis(50), 96)
                        .toMap());
        all.put("application.id", "muster-evaluator");
        all.put("bootstrap.servers", "nowhere:1");
        all.put("schema.registry.url", "mock://settings");
        return new StreamsConfig(all);
    }

    @Test
    void readsKeepsAndTellsInOneTransactionThatIsShort() {
        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getLong("commit.interval.ms")).isEqualTo(50);
        assertThat(config.getLong("poll.ms")).isEqualTo(25);
        assertThat(config.getMainConsumerConfigs("muster-evaluator", "c", 0))
                .containsEntry("isolation.level", "read_committed");
        assertThat(config.getGlobalConsumerConfigs("c")).containsEntry("isolation.level", "read_committed");
    }

    @Test
    void namesEverythingAndKeepsItWhereItStays() {
        assertThat(config.getBoolean("ensure.explicit.internal.resource.naming"))
                .isTrue();
        assertThat(config.getString("state.dir")).isEqualTo("/data");
        assertThat(config.getInt("num.standby.replicas")).isEqualTo(1);
        assertThat(config.getString("group.protocol")).isEqualTo("classic");
        assertThat(config.getMainConsumerConfigs("muster-evaluator", "c", 2))
                .containsEntry("group.instance.id", "evaluator-0-2");
    }

    @Test
    void losesNothingBecauseOfItsSizeOrByASilentSwitch() {
        var producer = config.getProducerConfigs("c");
        assertThat(producer)
                .containsEntry("enable.idempotence", true)
                .containsEntry("acks", "all")
                .containsEntry("max.request.size", Topics.MAX_RECORD);
        assertThat(config.originals()).containsEntry("topic.max.message.bytes", "16777216");
    }

    @Test
    void badRecordsOfEveryKindBecomeDeadLetters() {
        assertThat(config.deserializationExceptionHandler()).isInstanceOf(IntoDeadLetters.class);
        assertThat(config.productionExceptionHandler()).isInstanceOf(IntoDeadLetters.class);
        assertThat(config.processingExceptionHandler()).isInstanceOf(IntoDeadLetters.class);
        assertThat(config.getBoolean("processing.exception.handler.global.enabled"))
                .isTrue();
        assertThat(config.defaultTimestampExtractor()).isInstanceOf(AnyTimestamp.class);
    }
}

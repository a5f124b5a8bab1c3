package dev.muster.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.schemas.SchemaRegistry;
import dev.muster.schemas.TopicMismatchException;
import dev.muster.schemas.Topics;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/// A service with a real broker and a real registry, and without.
@ExtendWith(OutputCaptureExtension.class)
class ServiceStartTest {

    private static Map<String, String> real() {
        return new HashMap<>(Map.of(
                "spring.kafka.bootstrap-servers", TestBroker.shared().bootstrapServers(),
                "spring.kafka.properties.schema.registry.url",
                        TestRegistry.shared().url(),
                "muster.topics.partitions", "1"));
    }

    @Test
    void isReadyWithItsTopicsAndSchemas() {
        try (var service = RunningService.with(real())) {
            assertThat(service.bean(SchemaRegistry.class)
                            .latest("muster.facts.v1-value")
                            .schema()
                            .getName())
                    .isEqualTo("FactsObserved");
            var readiness = service.management("/actuator/health/readiness");
            assertThat(readiness.statusCode()).isEqualTo(200);
            var parts = JsonMapper.shared().readTree(readiness.body()).path("components");
            assertThat(parts.propertyNames()).containsExactlyInAnyOrder("readinessState", "kafka", "schemaRegistry");
            assertThat(service.management("/actuator/prometheus").body()).contains("kafka_producer_");
        }
    }

    @Test
    void stopsAtOnceWhenATopicIsNotAsItHasToBe(CapturedOutput output) {
        try (var service = RunningService.with(real())) {
            assertThat(service.bean(Topics.class).all()).isNotEmpty();
        }
        var other = real();
        other.put("muster.topics.partitions", "2");
        assertThat(catchThrowable(() -> RunningService.with(other)))
                .hasStackTraceContaining(TopicMismatchException.class.getName());
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(
                        "- topic muster.facts.v1 has 1 partitions and muster.topics.partitions says 2: set it to 1 for"
                                + " every service");
    }

    @Test
    void waitsForKafkaAndThenSaysWhatIsMissing(CapturedOutput output) {
        assertThatThrownBy(() -> RunningService.with(Map.of("muster.topics.start-timeout", "1s")))
                .hasStackTraceContaining(StartFailedException.class.getName());
        assertThat(output)
                .contains("Waiting for Kafka and the schema registry: Kafka did not look at topic")
                .contains("APPLICATION FAILED TO START")
                .contains("Waited 1 s. Kafka did not look at topic muster.deliveries.v1")
                .contains("spring.kafka.bootstrap-servers");
    }

    @Test
    void saysThatTheRegistryIsMissing(CapturedOutput output) {
        var nowhere = real();
        nowhere.put("spring.kafka.properties.schema.registry.url", "http://me:hunter2@localhost:1");
        nowhere.put("muster.topics.start-timeout", "1s");
        assertThatThrownBy(() -> RunningService.with(nowhere))
                .hasStackTraceContaining("The schema registry http://localhost:1 does not answer");
        assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("hunter2");
    }

    @Test
    void saysWhichSettingIsWrong(CapturedOutput output) {
        assertThatThrownBy(
                        () -> RunningService.alone(Map.of("spring.kafka.properties.schema.registry.url", "nonsense")))
                .hasStackTraceContaining(ConfigException.class.getName());
        assertThat(output).contains("schema.registry.url holds something that is not an address");
    }
}

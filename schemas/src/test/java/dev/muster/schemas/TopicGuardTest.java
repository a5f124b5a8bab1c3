package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testkit.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicGuardTest {

    private static final TestBroker BROKER = TestBroker.shared();

    @AutoClose
    private final Admin admin = BROKER.admin();

    private final Topics topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://guard")));

    @BeforeEach
    void noTopics() throws Exception {
        var names = admin.listTopics().names().get();
        names.removeIf(name -> !name.startsWith("muster."));
        admin.deleteTopics(names).all().get();
        org.awaitility.Awaitility.await()
                .until(() -> admin.listTopics().names().get().stream().noneMatch(name -> name.startsWith("muster.")));
    }

    private TopicGuard guard(int partitions) {
        return new TopicGuard(admin, topics.all(), new TopicLayout(partitions, 1), Duration.ofSeconds(10));
    }

    @Test
    void createsWhatIsMissingAsTheCatalogueSays() throws Exception {
        guard(2).ensure();

        var names = topics.all().stream().map(Topic::name).toList();
        var described = admin.describeTopics(names).allTopicNames().get();
        assertThat(described.values())
                .hasSize(names.size())
                .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(2));
        assertThat(config(TopicNames.DELIVERIES))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("compression.type", "zstd")
                .containsEntry("retention.ms", Long.toString(Duration.ofDays(30).toMillis()))
                .hasEntrySatisfying(
                        "max.message.bytes",
                        bytes -> assertThat(Integer.parseInt(bytes)).isGreaterThan(25 * 1024 * 1024));
        assertThat(config(TopicNames.RESULTS)).containsEntry("cleanup.policy", "compact");
    }

    @Test
    void isContentWithWhatIsThere() {
        assertThat(guard(2).ensure()).isEmpty();
        assertThat(guard(2).ensure()).isEmpty();
    }

    @Test
    void tellsATopicOfAnEarlierVersionToKeepItsHistory() throws Exception {
        BROKER.createTopic(TopicNames.CATALOG, 2, Map.of("cleanup.policy", "compact"));
        BROKER.createTopic(TopicNames.RESULTS, 2, Map.of("cleanup.policy", "compact"));

        assertThat(guard(2).ensure())
                .containsExactly(
                        "topic muster.catalog.v1 keeps every version for 365 days from now on (min.compaction.lag.ms)");
        org.awaitility.Awaitility.await() // a broker hears of it a moment later
                .untilAsserted(() ->
                        assertThat(config(TopicNames.CATALOG)).containsEntry("min.compaction.lag.ms", "31536000000"));
        assertThat(config(TopicNames.RESULTS)).containsEntry("min.compaction.lag.ms", "0");
        assertThat(guard(2).ensure()).isEmpty();
    }

    @Test
    void leavesAHistoryThatTheOperatorChoseAsItIs() throws Exception {
        BROKER.createTopic(
                TopicNames.SCORECARDS, 2, Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "1000"));

        assertThat(guard(2).ensure()).isEmpty();
        assertThat(config(TopicNames.SCORECARDS)).containsEntry("min.compaction.lag.ms", "1000");
    }

    @Test
    void mayRunInSeveralServicesAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> ensure = () -> {
                guard(1).ensure();
                return null;
            };
            for (var done : threads.invokeAll(List.of(ensure, ensure, ensure, ensure))) {
                done.get();
            }
        }
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        BROKER.createTopic(TopicNames.FACTS, 3, Map.of("cleanup.policy", "compact", "max.message.bytes", "8388608"));
        BROKER.createTopic(TopicNames.DELIVERIES, 2, Map.of("max.message.bytes", "1048588"));

        assertThatThrownBy(() -> guard(2).ensure())
                .isInstanceOfSatisfying(
                        TopicMismatchException.class,
                        e -> assertThat(e.mistakes())
                                .containsExactly(
                                        "topic muster.deliveries.v1 has max.message.bytes=1048588 and needs 29360128: kafka-configs"
                                                + " --alter --topic muster.deliveries.v1 --add-config max.message.bytes=29360128",
                                        "topic muster.facts.v1 has 3 partitions and muster.topics.partitions says 2: set it to 3"
                                                + " for every service",
                                        "topic muster.facts.v1 has cleanup.policy=compact and needs delete: kafka-configs --alter"
                                                + " --topic muster.facts.v1 --add-config cleanup.policy=delete"));
    }

    @Test
    void leavesHowLongRecordsAreKeptToTheOperator() {
        var config = Map.of("retention.ms", "60000", "max.message.bytes", "33554432");
        BROKER.createTopic(TopicNames.DELIVERIES, 1, config);
        guard(1).ensure();
    }

    @Test
    void saysThatKafkaDoesNotAnswer() {
        var nobody = Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                "localhost:1",
                "default.api.timeout.ms",
                500,
                "request.timeout.ms",
                400);
        try (var nobodyThere = Admin.create(nobody)) {
            var guard = new TopicGuard(nobodyThere, topics.all(), new TopicLayout(1, -1), Duration.ofMillis(300));
            assertThatThrownBy(guard::ensure)
                    .isInstanceOf(KafkaException.class)
                    .hasMessage("Kafka did not look at topic muster.deliveries.v1 within 300 ms");
        }
    }

    @Test
    void takesTheBrokersReplication() throws Exception {
        new TopicGuard(admin, topics.all(), new TopicLayout(1, TopicLayout.BROKER_DEFAULT), Duration.ofSeconds(10))
                .ensure();
        assertThat(config(TopicNames.FACTS)).containsEntry("min.insync.replicas", "1");
    }

    private Map<String, String> config(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(java.util.stream.Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
    }
}

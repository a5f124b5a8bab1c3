package dev.muster.evaluator;

import static dev.muster.evaluator.FactsAndClaimsTest.outcomes;
import static dev.muster.evaluator.Known.PAYMENTS;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.entity;
import static dev.muster.evaluator.Known.observed;
import static dev.muster.evaluator.Known.rule;
import static dev.muster.evaluator.Known.scorecard;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.evaluator.runtime.StreamsHealth;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topic;
import dev.muster.schemas.TopicNames;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/// The application as it is packaged, on a real broker and a real registry.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluatorApplicationTest {

    private Path state;
    private ConfigurableApplicationContext application;
    private Topics topics;
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    void start(@TempDir Path state) {
        this.state = state;
        run();
        topics = new Topics(AvroSerdes.from(
                Map.of("schema.registry.url", TestRegistry.shared().url())));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void run() {
        application = new SpringApplicationBuilder(EvaluatorApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.kafka.bootstrap-servers="
                                + TestBroker.shared().bootstrapServers(),
                        "--spring.kafka.properties.schema.registry.url="
                                + TestRegistry.shared().url(),
                        "--muster.evaluator.state-dir=" + state,
                        "--muster.topics.partitions=2");
        await().atMost(Duration.ofSeconds(60)).until(() -> answer("/readyz") == 200);
    }

    @AfterAll
    void stop() {
        producer.close();
        application.close();
    }

    @Test
    void isReadyAndAliveOnItsOwnPort() {
        assertThat(answer("/livez")).isEqualTo(200);
        assertThat(answer("/readyz")).isEqualTo(200);
        assertThat(application.getBean(StreamsHealth.class).liveness().health().getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void runsTheTopologyThatIsApproved() {
        var described = application
                .getBean(StreamsBuilderFactoryBean.class)
                .getTopology()
                .describe()
                .toString();

        assertThat(described).isEqualTo(TopologyDescriptionTest.describe());
    }

    @Test
    void turnsAFactIntoAResultAndATransitionAndGoesOnAfterARestart() {
        var now = Instant.now().minusSeconds(60);
        send(
                topics.scorecards(),
                "ready",
                scorecard("ready", 1, rule("quiet", "alerts.size() == 0")).build());
        send(topics.catalog(), PAYMENTS, entity(PAYMENTS, REPO));
        send(topics.facts(), REPO, observed(REPO, "d0", Known.snapshot("alerts", Map.of(), now)));
        next(topics.results(), it -> it.value() != null && outcomes(it.value()).get("quiet") == Outcome.PASS);
        sendBytes(TopicNames.FACTS, REPO, "not avro".getBytes(UTF_8));
        send(
                topics.facts(),
                REPO,
                observed(
                        REPO,
                        "d1",
                        Known.upsert("alerts", "a1", "{\"name\":\"Down\",\"startsAt\":\"" + now + "\"}", now)));

        var result = next(
                topics.results(),
                it -> it.value() != null && outcomes(it.value()).get("quiet") == Outcome.FAIL);
        assertThat(result.key()).isEqualTo(PAYMENTS + "|ready");
        assertThat(CloudEventHeaders.correlationId(result.headers())).isEqualTo("d1");

        var transition = next(
                topics.transitions(), it -> "d1".equals(it.value().getCause().getDeliveryId()));
        assertThat(transition.value().getVersion()).isEqualTo(result.value().getVersion());

        ConsumerRecord<String, DeadLetter> letter = next(topics.deadLetters(), _ -> true);
        assertThat(letter.value().getTopic()).isEqualTo(TopicNames.FACTS);
        assertThat(UTF_8.decode(letter.value().getValue()).toString()).isEqualTo("not avro");

        // And goes on where it was after a restart.
        application.close();
        run();
        send(topics.facts(), REPO, observed(REPO, "d2", Known.remove("alerts", "a1", now.plusSeconds(1))));
        var recovery = next(
                topics.transitions(), it -> "d2".equals(it.value().getCause().getDeliveryId()));
        assertThat(recovery.value().getKind()).isEqualTo(TransitionKind.RECOVERED);
        assertThat(recovery.value().getVersion()).isEqualTo(transition.value().getVersion() + 1);
        assertThat(recovery.value().getBefore()).isEqualTo(transition.value().getAfter());
    }

    private <V extends SpecificRecord> void send(Topic<String, V> topic, String key, V value) {
        sendBytes(topic.name(), key, topic.value().serializer().serialize(topic.name(), value));
    }

    private void sendBytes(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
        producer.flush();
    }

    /// The first committed record that `wanted` accepts.
    private <V extends SpecificRecord> ConsumerRecord<String, V> next(
            Topic<String, V> topic, Predicate<ConsumerRecord<String, V>> wanted) {
        var config = new HashMap<String, Object>();
        config.put("bootstrap.servers", TestBroker.shared().bootstrapServers());
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(
                config, topic.key().deserializer(), topic.value().deserializer())) {
            consumer.assign(consumer.partitionsFor(topic.name()).stream()
                    .map(it -> new TopicPartition(topic.name(), it.partition()))
                    .toList());
            List<ConsumerRecord<String, V>> found = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(it -> {
                    if (wanted.test(it)) {
                        found.add(it);
                    }
                });
                return !found.isEmpty();
            });
            return found.getFirst();
        }
    }

    private int answer(String path) {
        var port = application.getEnvironment().getProperty("local.server.port");
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

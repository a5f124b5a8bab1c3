package dev.muster.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.TopicGuard;
import dev.muster.schemas.TopicLayout;
import dev.muster.schemas.TopicNames;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Delivery;
import dev.muster.testkit.NeedsDocker;
import dev.muster.testkit.TopicReader;
import dev.muster.testkit.TopicReader.Message;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Topics, serdes and transactions on the broker that operators run, with its own defaults.
@NeedsDocker
class KafkaImageTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @AutoClose
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", Images.bootstrapServers()));

    private final Topics topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", Images.registryUrl())));

    KafkaImageTest() {
        var guard = new TopicGuard(admin, topics.all(), new TopicLayout(3, -1), Duration.ofSeconds(30));
        guard.ensure();
        guard.ensure(); // what it made is what it wants
    }

    @Test
    void makesEveryTopicOfTheCatalogue() throws Exception {
        var names = topics.all().stream().map(topic -> topic.name()).toList();
        assertThat(admin.describeTopics(names).allTopicNames().get().values())
                .hasSize(names.size())
                .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(3));
    }

    @Test
    void takesADeliveryOfTheLargestSizeAndAStrangerReadsIt() throws Exception {
        var body = new byte[Topics.MAX_DELIVERY_BODY];
        new Random(1).nextBytes(body);
        try (var producer = producer(Map.of())) {
            producer.send(record("largest", delivery("largest", body))).get();
        }
        assertThat(read("largest"))
                .singleElement()
                .satisfies(message -> assertThat(message.value().get("body")).isEqualTo(ByteBuffer.wrap(body)));
    }

    @Test
    void showsATransactionWholeOrNotAtAll() {
        try (var producer = producer(Map.of("transactional.id", "container-test"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record("kept", delivery("kept-1", new byte[0])));
            producer.send(record("kept", delivery("kept-2", new byte[0])));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(record("given-up", delivery("given-up", new byte[0])));
            producer.flush();
            producer.abortTransaction();
        }
        assertThat(read("kept"))
                .extracting(message -> message.text("id").orElseThrow())
                .containsExactly("kept-1", "kept-2");
        assertThat(read("given-up")).isEmpty();
    }

    private ProducerRecord<String, Delivery> record(String key, Delivery value) {
        return new ProducerRecord<>(TopicNames.DELIVERIES, key, value);
    }

    private KafkaProducer<String, Delivery> producer(Map<String, Object> more) {
        var settings = new java.util.HashMap<String, Object>(Map.of(
                "bootstrap.servers",
                Images.bootstrapServers(),
                "max.request.size",
                Topics.MAX_RECORD,
                "buffer.memory",
                2L * Topics.MAX_RECORD));
        settings.putAll(more);
        return new KafkaProducer<>(
                settings,
                topics.deliveries().key().serializer(),
                topics.deliveries().value().serializer());
    }

    private static Delivery delivery(String id, byte[] body) {
        return Delivery.newBuilder()
                .setId(id)
                .setConnection("github")
                .setSource("github")
                .setReceivedAt(NOON)
                .setContentType("application/json")
                .setBody(ByteBuffer.wrap(body))
                .build();
    }

    /// The committed records with this key.
    private static List<Message> read(String key) {
        return new TopicReader(Images.bootstrapServers(), Images.registryUrl())
                .read(TopicNames.DELIVERIES).stream()
                        .filter(message -> key.equals(message.key()))
                        .toList();
    }
}

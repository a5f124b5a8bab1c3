package dev.muster.portal.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.TestBroker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Topics of its own on the real broker.
class HistoryTest {

    private static final TestBroker BROKER = TestBroker.shared();
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Map<String, Object> CONFIG = Map.of("bootstrap.servers", BROKER.bootstrapServers());

    private final String topic = "history-" + UUID.randomUUID();

    @AutoClose
    private final KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(CONFIG, new StringSerializer(), new ByteArraySerializer());

    @AutoClose
    private final Consumer<String, byte[]> consumer =
            new KafkaConsumer<>(CONFIG, new StringDeserializer(), new ByteArrayDeserializer());

    @Test
    void readsPartitionsInTheOrderOfTheirTimes() throws Exception {
        BROKER.createTopic(topic, 2, Map.of());
        write(0, 1, "a");
        write(0, 5, "b");
        write(0, 4, "c");
        write(1, 2, "d");
        write(1, 5, "e");
        var partitions = List.of(new TopicPartition(topic, 1), new TopicPartition(topic, 0));

        assertThat(read(partitions, "none")).containsExactly("a", "d", "e", "b", "c");
        assertThat(read(partitions, "e")).containsExactly("a", "d", "b", "c");
        assertThat(read(History.all(consumer, topic), "none")).containsExactly("a", "d", "b", "c", "e");
    }

    @Test
    void readsTheSameOnceMoreWhateverCameInBetween() throws Exception {
        BROKER.createTopic(topic, 2, Map.of());
        write(0, 1, "a");
        write(1, 2, "b");
        var history = new History(consumer, History.all(consumer, topic));

        assertThat(read(history, "b")).containsExactly("a");
        write(0, 3, "c");

        assertThat(read(history, "none")).containsExactly("a", "b");
        assertThat(read(history, "none")).containsExactly("a", "b");
    }

    @Test
    void findsThePartitionsInWhichKeysStand() throws Exception {
        BROKER.createTopic(topic, 7, Map.of());
        var keys = IntStream.range(0, 20)
                .mapToObj(it -> "component:default/zahlung-ü" + it)
                .toList();

        for (var key : keys) {
            var partition = producer.send(new ProducerRecord<>(topic, key, new byte[0]))
                    .get()
                    .partition();
            assertThat(History.of(consumer, topic, List.of(key))).containsExactly(new TopicPartition(topic, partition));
        }
        assertThat(History.of(consumer, topic, keys)).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void saysFromWhenOnAllIsThere() throws Exception {
        BROKER.createTopic(topic, 3, Map.of());
        write(0, 1, "a");
        write(1, 2, "b");
        write(1, 3, "c");
        write(2, 4, "d");
        assertThat(History.begin(consumer, History.all(consumer, topic))).isEmpty();

        delete(1, 1);
        delete(2, 1); // nothing is left of it

        assertThat(History.begin(consumer, History.all(consumer, topic))).hasValue(NOON.plusSeconds(3));
    }

    private void write(int partition, int second, String key) throws ExecutionException, InterruptedException {
        var at = NOON.plusSeconds(second).toEpochMilli();
        producer.send(new ProducerRecord<>(topic, partition, at, key, key.getBytes(UTF_8)))
                .get();
    }

    private void delete(int partition, int before) throws ExecutionException, InterruptedException {
        try (var admin = BROKER.admin()) {
            var records = Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before));
            admin.deleteRecords(records).all().get();
        }
    }

    private List<String> read(List<TopicPartition> partitions, String unwanted) throws IOException {
        return read(new History(consumer, partitions), unwanted);
    }

    private static List<String> read(History history, String unwanted) throws IOException {
        var keys = new ArrayList<String>();
        var bounds = new Patience.Bounds("test", Duration.ofMinutes(1), "none");
        history.read(
                it -> !it.key().equals(unwanted),
                it -> keys.add(it.key()),
                new Patience(Instant::now, bounds, () -> {}, () -> false));
        return keys;
    }
}

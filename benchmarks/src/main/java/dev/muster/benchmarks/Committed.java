package dev.muster.benchmarks;

import dev.muster.schemas.CloudEventHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads a topic as any downstream consumer does, committed records only, and notes when each delivery came out of it.
final class Committed implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Arrivals> runs = new CopyOnWriteArrayList<>();
    private final Thread thread;

    /// Begins at the end of the topic.
    Committed(String bootstrapServers, String topic) {
        consumer = consumer(bootstrapServers);
        var partitions = partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // now, and not with the first poll
        thread = Thread.ofPlatform().name("committed-" + topic).daemon().start(this::read);
    }

    /// Deliveries that are to be seen from now on.
    Arrivals expect(String run, int count) {
        var arrivals = new Arrivals(run, count);
        runs.add(arrivals);
        return arrivals;
    }

    static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic, PATIENCE).stream()
                .map(it -> new TopicPartition(topic, it.partition()))
                .toList();
    }

    private void read() {
        try (consumer) {
            while (true) {
                var records = consumer.poll(Duration.ofSeconds(1));
                var now = System.nanoTime();
                for (var record : records) {
                    var id = CloudEventHeaders.correlationId(record.headers());
                    if (id != null) {
                        runs.forEach(run -> run.seen(id, now));
                    }
                }
            }
        } catch (WakeupException _) {
            // closed
        }
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join(PATIENCE);
    }
}

package dev.muster.ingest;

import dev.muster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What stands on a topic.
final class TopicRecords {

    private final String bootstrapServers;

    TopicRecords(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /// Everything committed from the beginning to the end as of now. Waits for transactions that are under way: what a
    /// producer has committed becomes readable a moment after it heard so.
    <V extends SpecificRecord> List<ConsumerRecord<String, V>> all(Topic<String, V> topic) {
        var records = new ArrayList<ConsumerRecord<String, V>>();
        try (var consumer = consumer("read_committed")) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var end = written(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < end.get(partition))) {
                for (var entry : consumer.poll(Duration.ofMillis(200))) {
                    read(topic, entry, records);
                }
            }
        }
        return records;
    }

    private KafkaConsumer<String, byte[]> consumer(String isolation) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private Map<TopicPartition, Long> written(List<TopicPartition> partitions) {
        try (var consumer = consumer("read_uncommitted")) {
            return consumer.endOffsets(partitions);
        }
    }

    private static <V extends SpecificRecord> void read(
            Topic<String, V> topic, ConsumerRecord<String, byte[]> entry, List<ConsumerRecord<String, V>> records) {
        try {
            var value = topic.value().deserializer().deserialize(topic.name(), entry.value());
            records.add(new ConsumerRecord<>(
                    entry.topic(),
                    entry.partition(),
                    entry.offset(),
                    entry.timestamp(),
                    entry.timestampType(),
                    0,
                    0,
                    entry.key(),
                    value,
                    entry.headers(),
                    Optional.empty()));
        } catch (SerializationException _) {
            // poison that a test wrote
        }
    }
}

package dev.muster.portal.rebuild;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Where the last record of each key is, of those that were looked at. Takes about a hundred bytes a key.
final class LastOffsets {

    private final Map<TopicPartition, Map<String, Long>> offsets = new HashMap<>();

    void add(ConsumerRecord<String, byte[]> record) {
        if (record.key() != null) {
            offsets.computeIfAbsent(partition(record), _ -> new HashMap<>()).put(record.key(), record.offset());
        }
    }

    /// True when a later record with the same key was looked at.
    boolean hasLater(ConsumerRecord<String, byte[]> record) {
        var last = record.key() == null
                ? null
                : offsets.getOrDefault(partition(record), Map.of()).get(record.key());
        return last != null && last > record.offset();
    }

    private static TopicPartition partition(ConsumerRecord<String, byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}

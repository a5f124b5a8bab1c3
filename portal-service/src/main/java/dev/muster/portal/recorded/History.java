package dev.muster.portal.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/// Partitions of topics from their beginning to the end that they have now, merged by the times of their records.
///
/// Of each partition about a megabyte waits at most, and what one poll gave; the order within a partition stays as it
/// is, whatever its times. Of records of one time, those of the partition that was named first come first.
public final class History {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long AHEAD = 1024 * 1024;

    /// Takes one record after the other.
    @FunctionalInterface
    public interface Reader {
        void take(ConsumerRecord<String, byte[]> record);
    }

    private static final class Line {

        private final long end;
        private final Deque<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
        private long bytes;
        private boolean read;

        Line(long end) {
            this.end = end;
        }

        void add(ConsumerRecord<String, byte[]> record) {
            waiting.add(record);
            bytes += size(record);
        }

        ConsumerRecord<String, byte[]> next() {
            var record = waiting.remove();
            bytes -= size(record);
            return record;
        }

        private static long size(ConsumerRecord<String, byte[]> record) {
            return 200L + Math.max(0, record.serializedValueSize());
        }
    }

    private final Consumer<String, byte[]> consumer;
    private final Map<TopicPartition, Line> lines = new LinkedHashMap<>();

    /// Nothing read yet; the ends are those of now, however often it is read.
    ///
    /// @param consumer nobody else's, with no partitions
    /// @param partitions of any topics
    public History(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
        this.consumer = consumer;
        consumer.assign(partitions);
        var ends = consumer.endOffsets(partitions);
        partitions.forEach(it -> lines.put(it, new Line(requireNonNull(ends.get(it)))));
    }

    /// All partitions of a topic.
    public static List<TopicPartition> all(Consumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(PartitionInfo::partition)
                .sorted()
                .map(it -> new TopicPartition(topic, it))
                .toList();
    }

    /// The partitions of a topic in which these keys stand, where who writes leaves it to Kafka, as all of ours do.
    public static List<TopicPartition> of(Consumer<?, ?> consumer, String topic, Collection<String> keys) {
        var partitions = consumer.partitionsFor(topic).size();
        return keys.stream()
                .map(it -> Utils.toPositive(Utils.murmur2(it.getBytes(UTF_8))) % partitions)
                .distinct()
                .sorted()
                .map(it -> new TopicPartition(topic, it))
                .toList();
    }

    /// From when on all of the partitions have everything; empty when nothing of them is gone yet.
    public static Optional<Instant> begin(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var cut = consumer.beginningOffsets(partitions).entrySet().stream()
                .filter(it -> it.getValue() > 0)
                .collect(toMap(Map.Entry::getKey, _ -> 0L));
        return consumer.offsetsForTimes(cut).values().stream()
                .filter(Objects::nonNull)
                .map(it -> Instant.ofEpochMilli(it.timestamp()))
                .max(Comparator.naturalOrder());
    }

    /// Reads all of it, from the beginning each time.
    ///
    /// @param wanted false for records to pass over: they stand in nobody's way, whatever their times
    /// @throws IOException when the one who waits for it went away
    public void read(Predicate<ConsumerRecord<String, byte[]>> wanted, Reader reader, Patience patience)
            throws IOException {
        lines.replaceAll((_, it) -> new Line(it.end));
        consumer.resume(consumer.paused());
        consumer.seekToBeginning(lines.keySet());
        while (true) {
            fill(wanted, patience);
            var earliest = earliest(lines.values());
            if (earliest == null) {
                return;
            }
            patience.check();
            reader.take(earliest.next());
        }
    }

    /// Polls until the next record of every partition is known.
    private void fill(Predicate<ConsumerRecord<String, byte[]>> wanted, Patience patience) throws IOException {
        while (lines.values().stream().anyMatch(it -> !it.read && it.waiting.isEmpty())) {
            lines.forEach((partition, line) -> {
                line.read = line.read || consumer.position(partition) >= line.end;
                var full = line.read || line.bytes > AHEAD;
                if (full != consumer.paused().contains(partition)) {
                    if (full) {
                        consumer.pause(List.of(partition));
                    } else {
                        consumer.resume(List.of(partition));
                    }
                }
            });
            if (lines.values().stream().allMatch(it -> it.read || !it.waiting.isEmpty())) {
                return;
            }
            patience.check();
            for (var record : consumer.poll(POLL)) {
                var line = requireNonNull(lines.get(new TopicPartition(record.topic(), record.partition())));
                if (record.offset() < line.end && wanted.test(record)) {
                    line.add(record);
                }
            }
        }
    }

    private static @Nullable Line earliest(Collection<Line> lines) {
        Line earliest = null;
        for (var line : lines) {
            var head = line.waiting.peek();
            if (head != null
                    && (earliest == null
                            || head.timestamp() < earliest.waiting.getFirst().timestamp())) {
                earliest = line;
            }
        }
        return earliest;
    }
}

package dev.muster.portal.backtest;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// A topic from its beginning to the end that it has now, its partitions merged by the times of their records.
///
/// Of each partition about a megabyte waits at most; the order within a partition stays as it is, whatever its times.
final class History {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long AHEAD = 1024 * 1024;

    /// Takes one record after the other.
    @FunctionalInterface
    interface Reader {
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
            if (record.offset() < end) {
                waiting.add(record);
                bytes += size(record);
            }
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
    private final Map<TopicPartition, Line> lines;

    /// @param consumer nobody else's, with no partitions
    History(Consumer<String, byte[]> consumer, String topic) {
        this.consumer = consumer;
        var partitions = partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.lines = consumer.endOffsets(partitions).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, it -> new Line(it.getValue())));
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(it -> new TopicPartition(topic, it.partition()))
                .toList();
    }

    /// Reads all of it.
    ///
    /// @throws IOException when the one who waits for it went away
    void read(Reader reader, Patience patience) throws IOException {
        while (true) {
            fill(patience);
            var earliest = earliest(lines.values());
            if (earliest == null) {
                return;
            }
            patience.check();
            reader.take(earliest.next());
        }
    }

    /// Polls until the next record of every partition is known.
    private void fill(Patience patience) throws IOException {
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
                requireNonNull(lines.get(new TopicPartition(record.topic(), record.partition())))
                        .add(record);
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

package dev.muster.portal.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import dev.muster.portal.projection.Projector;
import dev.muster.portal.projection.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Reads some partitions from their beginning and writes them into the second read model. One thread's.
final class Reading implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Projector projector;
    private final Progress progress;
    private @Nullable LastOffsets last;

    Reading(
            Consumer<String, byte[]> consumer,
            List<TopicPartition> partitions,
            Projector projector,
            Progress progress) {
        this.consumer = consumer;
        this.partitions = List.copyOf(partitions);
        this.projector = projector;
        this.progress = progress;
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// How many offsets there are to go, from the first that the topics still have.
    long length() {
        return consumer.endOffsets(partitions).entrySet().stream()
                .mapToLong(it -> it.getValue() - consumer.position(it.getKey()))
                .sum();
    }

    /// Reads on to what is the end now.
    ///
    /// @throws IllegalStateException when nothing comes for a minute, though there is something
    void readToEnd() {
        if (last == null) {
            last = lookAhead();
        }
        readTo(consumer.endOffsets(partitions), PATIENCE);
    }

    /// Looks through the keys where the last record of each counts: what is large is written once, and not as
    /// often as it was told.
    private LastOffsets lookAhead() {
        var found = new LastOffsets();
        var keyed = partitions.stream()
                .filter(it -> projector.lastCounts(it.topic()))
                .toList();
        if (keyed.isEmpty()) {
            return found;
        }
        var others = partitions.stream().filter(it -> !keyed.contains(it)).toList();
        consumer.pause(others);
        readTo(consumer.endOffsets(keyed), PATIENCE, records -> records.forEach(found::add));
        consumer.seekToBeginning(keyed);
        consumer.resume(others);
        return found;
    }

    /// Reads on until everything before `positions` is written, while others wait. What is not among the partitions is
    /// left out, and so is what the topic does not have.
    ///
    /// @throws IllegalStateException when nothing comes for five seconds, though there is something
    void readTo(Map<TopicPartition, Long> positions) {
        var ends = new HashMap<>(consumer.endOffsets(partitions));
        ends.replaceAll((partition, end) -> Math.min(end, positions.getOrDefault(partition, 0L)));
        readTo(ends, SHORT_PATIENCE);
    }

    private void readTo(Map<TopicPartition, Long> ends, Duration patience) {
        readTo(ends, patience, this::write);
    }

    private void write(ConsumerRecords<String, byte[]> records) {
        var batch = new ArrayList<Recorded<byte[]>>();
        for (var record : records) {
            if (last == null || !last.hasLater(record)) {
                batch.add(recorded(record));
            }
        }
        projector.project(batch);
        progress.wrote(records.count());
    }

    private void readTo(
            Map<TopicPartition, Long> ends,
            Duration patience,
            java.util.function.Consumer<ConsumerRecords<String, byte[]>> what) {
        var moved = System.nanoTime();
        var before = Map.<TopicPartition, Long>of();
        while (ends.entrySet().stream().anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
            what.accept(consumer.poll(POLL));
            var now = positions();
            if (!now.equals(before)) {
                moved = System.nanoTime();
                before = now;
            } else if (System.nanoTime() - moved > patience.toNanos()) {
                throw new IllegalStateException("Kafka gives no records, though there are some; stands at " + now);
            }
        }
    }

    /// Where reading goes on, of each partition.
    Map<TopicPartition, Long> positions() {
        return partitions.stream().collect(toMap(it -> it, consumer::position));
    }

    private static Recorded<byte[]> recorded(ConsumerRecord<String, byte[]> record) {
        var headers = new HashMap<String, byte[]>();
        record.headers().forEach(it -> headers.put(it.key(), it.value()));
        return new Recorded<>(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? null : record.key().getBytes(UTF_8),
                record.value(),
                headers);
    }

    /// Lets a thread that reads stop.
    void interrupt() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}

package dev.muster.ingest.reconcile;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/// What is wanted and not read yet, one entry a subject however often it is named, and up to where the topic may be
/// forgotten. Not for several threads.
final class Pending {

    private record Entry(Wanted wanted, Map<TopicPartition, Long> firstOffsets) {}

    private final Map<Subject, Entry> entries = new LinkedHashMap<>();

    /// Adds what one record named.
    void add(TopicPartition partition, long offset, Wanted wanted) {
        entries.merge(wanted.subject(), new Entry(wanted, Map.of(partition, offset)), (known, more) -> {
            var first = new HashMap<>(known.firstOffsets());
            more.firstOffsets().forEach((key, value) -> first.merge(key, value, Math::min));
            return new Entry(known.wanted().and(more.wanted()), first);
        });
    }

    /// What is due longest.
    Optional<Wanted> due(Instant now) {
        return entries.values().stream()
                .map(Entry::wanted)
                .filter(wanted -> !now.isBefore(wanted.dueAt()))
                .min(Comparator.comparing(Wanted::dueAt));
    }

    /// It was read, or given up.
    void done(Wanted wanted) {
        entries.remove(wanted.subject());
    }

    int size() {
        return entries.size();
    }

    /// Offsets up to which nothing is pending any more.
    ///
    /// @param positions where reading goes on
    Map<TopicPartition, Long> settled(Map<TopicPartition, Long> positions) {
        var settled = new HashMap<>(positions);
        for (var entry : entries.values()) {
            entry.firstOffsets()
                    .forEach((partition, offset) ->
                            settled.computeIfPresent(partition, (_, position) -> Math.min(position, offset)));
        }
        return settled;
    }
}

package dev.muster.portal.projection;

import static java.util.stream.Collectors.toMap;

import dev.muster.portal.meter.PortalMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/// How far the read model is behind the topics, and whether it has seen everything that was there when it started.
///
/// Compares the consumer's own position with the end of the partition: at the end of a partition often
/// stands the mark of a transaction, which no record ever reaches.
@Component
public class CatchUp {

    private final Map<Part, Map<TopicPartition, Long>> pending = new ConcurrentHashMap<>();
    private final Map<Part, Long> behind = new ConcurrentHashMap<>();

    CatchUp(MeterRegistry registry) {
        for (var part : Part.values()) {
            PortalMeters.LAG.gauge(registry, behind, all -> all.getOrDefault(part, 0L), part.label());
        }
    }

    /// Called in the consumer's thread, once its positions are set.
    void assigned(Part part, Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (pending.containsKey(part)) {
            return;
        }
        pending.put(part, new ConcurrentHashMap<>(consumer.endOffsets(partitions)));
        progressed(part, consumer);
    }

    /// Called in the consumer's thread after each batch, and when there is nothing to read.
    void progressed(Part part, Consumer<?, ?> consumer) {
        var assigned = consumer.assignment();
        var ends = pending.computeIfAbsent(part, _ -> new ConcurrentHashMap<>());
        ends.entrySet()
                .removeIf(end -> !assigned.contains(end.getKey()) || consumer.position(end.getKey()) >= end.getValue());
        behind.put(
                part,
                assigned.stream()
                        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                        .sum());
    }

    /// True when the catalogue, scorecards, initiatives, results and transitions of the time of the start are all
    /// there.
    public boolean done() {
        var ends = pending.get(Part.READINESS);
        return ends != null && ends.isEmpty();
    }

    /// Records that this instance has yet to project.
    public long behind() {
        return behind.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The same for each part, by its name.
    public Map<String, Long> behindByPart() {
        return Arrays.stream(Part.values())
                .collect(toMap(Part::label, it -> behind.getOrDefault(it, 0L), (one, _) -> one, LinkedHashMap::new));
    }
}

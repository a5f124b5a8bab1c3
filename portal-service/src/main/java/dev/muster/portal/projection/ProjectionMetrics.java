package dev.muster.portal.projection;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/// `muster.portal.records` (topic, fate) counts what became of records; `muster.portal.projection` (topic) is the time
/// from
/// the record to its committed row.
@Component
class ProjectionMetrics {

    private final MeterRegistry registry;
    private final InstantSource clock;

    ProjectionMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void count(String topic, Fate fate, int records) {
        registry.counter(
                        "muster.portal.records",
                        "topic",
                        topic,
                        "fate",
                        fate.name().toLowerCase(Locale.ROOT))
                .increment(records);
    }

    /// Records the delay of the oldest record of each topic in a batch.
    void committed(List<Recorded<byte[]>> batch) {
        Map<String, Instant> oldest = new HashMap<>();
        batch.forEach(record -> oldest.merge(record.topic(), record.timestamp(), (a, b) -> a.isBefore(b) ? a : b));
        var now = clock.instant();
        oldest.forEach((topic, at) -> Timer.builder("muster.portal.projection")
                .description("Time from a record to its committed row")
                .tag("topic", topic)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry)
                .record(at.isAfter(now) ? Duration.ZERO : Duration.between(at, now)));
    }

    /// What became of a record.
    enum Fate {
        /// Written.
        APPLIED,
        /// Read before.
        SKIPPED,
        /// A dead letter.
        REJECTED
    }
}

package dev.muster.portal.projection;

import dev.muster.portal.meter.PortalMeters;
import dev.muster.service.Counters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// What became of records, and when.
@Component
class ProjectionMetrics {

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Counters records;
    private final Map<String, Timer> delays = new ConcurrentHashMap<>();

    ProjectionMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.records = PortalMeters.RECORDS.counters(registry);
    }

    void count(String topic, Fate fate, int number) {
        this.records.count(number, topic, fate.name().toLowerCase(Locale.ROOT));
    }

    /// Records the delay of the oldest record of each topic in a batch.
    void committed(List<Recorded<byte[]>> batch) {
        Map<String, Instant> oldest = new HashMap<>();
        batch.forEach(record -> oldest.merge(record.topic(), record.timestamp(), (a, b) -> a.isBefore(b) ? a : b));
        var now = clock.instant();
        oldest.forEach((topic, at) -> delays.computeIfAbsent(topic, it -> PortalMeters.PROJECTION.timer(registry, it))
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

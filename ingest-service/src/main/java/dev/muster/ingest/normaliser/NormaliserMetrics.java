package dev.muster.ingest.normaliser;

import dev.muster.ingest.meter.IngestMeters;
import dev.muster.ingest.source.Mapped;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactChange;
import dev.muster.service.Counters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// What became of deliveries after the journal. Labels come from definitions and closed sets only.
@Component
final class NormaliserMetrics {

    private final Counters deliveries;
    private final Counters changes;
    private final Counters givenUp;
    private final Timer delay;

    NormaliserMetrics(MeterRegistry meters) {
        this.deliveries = IngestMeters.NORMALISED.counters(meters);
        this.changes = IngestMeters.CHANGES.counters(meters);
        this.givenUp = IngestMeters.GIVEN_UP.counters(meters);
        this.delay = IngestMeters.DELAY.timer(meters);
    }

    void count(String source, Mapped mapped) {
        deliveries.count(source, mapped.outcome());
        for (var facts : mapped.facts()) {
            for (var change : facts.getChanges()) {
                count(source, change);
            }
        }
    }

    private void count(String source, FactChange change) {
        changes.count(
                source,
                change.getFact(),
                change.getKind().name().toLowerCase(Locale.ROOT),
                Boolean.toString(change.getClamped()));
    }

    void countGivenUp(DeadLetterReason reason) {
        givenUp.count(reason.name());
    }

    /// Kafka has the facts of a delivery.
    void written(Instant receivedAt, Instant now) {
        delay.record(receivedAt.isAfter(now) ? Duration.ZERO : Duration.between(receivedAt, now));
    }
}

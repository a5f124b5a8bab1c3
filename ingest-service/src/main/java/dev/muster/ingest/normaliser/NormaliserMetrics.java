package dev.muster.ingest.normaliser;

import dev.muster.ingest.source.Mapped;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactChange;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// What became of deliveries after the journal. Labels come from definitions and closed sets only.
@Component
final class NormaliserMetrics {

    private final MeterRegistry meters;

    NormaliserMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(String source, Mapped mapped) {
        meters.counter("muster.normaliser.deliveries", "source", source, "outcome", outcome(mapped))
                .increment();
        for (var facts : mapped.facts()) {
            for (var change : facts.getChanges()) {
                count(source, change);
            }
        }
    }

    private static String outcome(Mapped mapped) {
        if (!mapped.failures().isEmpty()) {
            return mapped.facts().isEmpty() ? "failed" : "partly_failed";
        }
        if (!mapped.facts().isEmpty()) {
            return "facts";
        }
        return mapped.wanted() ? "nothing_new" : "unmapped";
    }

    private void count(String source, FactChange change) {
        meters.counter(
                        "muster.normaliser.changes",
                        "source",
                        source,
                        "fact",
                        change.getFact(),
                        "change",
                        change.getKind().name().toLowerCase(Locale.ROOT),
                        "clamped",
                        Boolean.toString(change.getClamped()))
                .increment();
    }

    void countGivenUp(DeadLetterReason reason) {
        meters.counter("muster.normaliser.given.up", "reason", reason.name()).increment();
    }
}

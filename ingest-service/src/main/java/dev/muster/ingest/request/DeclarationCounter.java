package dev.muster.ingest.request;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// Counts what was declared, by closed sets.
@Component
public final class DeclarationCounter {

    private final MeterRegistry meters;

    DeclarationCounter(MeterRegistry meters) {
        this.meters = meters;
    }

    /// Adds to the metric `muster.ingest.declarations`.
    ///
    /// @param kind `entity`, `scorecard` or `fact`
    /// @param outcome `applied`, `unchanged`, `deleted` or `refused`
    public void count(String kind, String outcome, int number) {
        if (number > 0) {
            meters.counter("muster.ingest.declarations", "kind", kind, "outcome", outcome)
                    .increment(number);
        }
    }
}

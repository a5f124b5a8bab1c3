package dev.muster.ingest.request;

import dev.muster.ingest.meter.IngestMeters;
import dev.muster.service.Counters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// Counts what was declared, by closed sets.
@Component
public final class DeclarationCounter {

    private final Counters counters;

    DeclarationCounter(MeterRegistry meters) {
        this.counters = IngestMeters.DECLARATIONS.counters(meters);
    }

    /// Adds to the metric `muster.ingest.declarations`.
    ///
    /// @param kind `entity`, `scorecard`, `initiative`, `fact`, `event`, `attestation` or `exemption`
    /// @param outcome `applied`, `unchanged`, `deleted` or `refused`
    public void count(String kind, String outcome, int number) {
        if (number > 0) {
            counters.count(number, kind, outcome);
        }
    }
}

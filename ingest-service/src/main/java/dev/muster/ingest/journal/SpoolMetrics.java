package dev.muster.ingest.journal;

import dev.muster.ingest.meter.IngestMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// What the spool holds and did.
final class SpoolMetrics {

    private final Timer journal;
    private final Counter spooled;
    private final Counter drained;
    private final Counter refused;
    private final Counter setAside;

    SpoolMetrics(MeterRegistry meters, Spool spool, InstantSource clock) {
        this.journal = IngestMeters.JOURNAL.timer(meters, "spooled");
        this.spooled = IngestMeters.SPOOL.counter(meters, "spooled");
        this.drained = IngestMeters.SPOOL.counter(meters, "drained");
        this.refused = IngestMeters.SPOOL.counter(meters, "refused");
        this.setAside = IngestMeters.SPOOL.counter(meters, "set_aside");
        IngestMeters.SPOOL_RECORDS.gauge(meters, spool, Spool::records);
        IngestMeters.SPOOL_BYTES.gauge(meters, spool, Spool::bytes);
        IngestMeters.SPOOL_OLDEST.gauge(meters, spool, it -> age(it, clock));
    }

    private static double age(Spool spool, InstantSource clock) {
        return spool.oldest()
                .map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    /// @param since when the delivery came, as [System#nanoTime]
    void spooled(long since) {
        spooled.increment();
        journal.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
    }

    void refused() {
        refused.increment();
    }

    void drained() {
        drained.increment();
    }

    void setAside() {
        setAside.increment();
    }
}

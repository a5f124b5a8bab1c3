package dev.muster.ingest.reconcile;

import dev.muster.ingest.github.Asked;
import dev.muster.ingest.meter.IngestMeters;
import dev.muster.schemas.v1.ReconciliationKind;
import dev.muster.service.Counters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one connection counts, whichever instance works.
final class ReconcileMetrics {

    private final String connection;
    private final Counters questions;
    private final Counters readings;
    private final Counters redeliveries;
    private volatile boolean open = true;
    private volatile double remaining = Double.NaN;
    private volatile int wanted;

    /// @param reconciledAt when the connection last ended well with a kind, or null
    ReconcileMetrics(
            MeterRegistry meters, String connection, Function<ReconciliationKind, @Nullable Instant> reconciledAt) {
        this.connection = connection;
        this.questions = IngestMeters.QUESTIONS.counters(meters);
        this.readings = IngestMeters.READINGS.counters(meters);
        this.redeliveries = IngestMeters.REDELIVERIES.counters(meters);
        IngestMeters.ACCESS.gauge(meters, this, it -> it.open ? 1 : 0, connection);
        IngestMeters.REMAINING.gauge(meters, this, it -> it.remaining, connection);
        IngestMeters.WANTED.gauge(meters, this, it -> it.wanted, connection);
        for (var kind : new ReconciliationKind[] {
            ReconciliationKind.SNAPSHOT, ReconciliationKind.INVALIDATION, ReconciliationKind.REDELIVERY
        }) {
            IngestMeters.RECONCILED_AT.gauge(
                    meters,
                    this,
                    _ -> {
                        var at = reconciledAt.apply(kind);
                        return at == null ? 0 : at.getEpochSecond();
                    },
                    connection,
                    kind.name().toLowerCase(Locale.ROOT));
        }
    }

    void asked(Asked outcome) {
        questions.count(connection, outcome.name().toLowerCase(Locale.ROOT));
    }

    /// @param why `snapshot` or `invalidation`
    void read(String why, Read read) {
        readings.count(
                connection,
                why,
                switch (read) {
                    case Read.Told told -> told.withheld().isEmpty() ? "told" : "partly";
                    case Read.Gone _ -> "gone";
                    case Read.Moved _ -> "moved";
                });
    }

    void failed(String why) {
        readings.count(connection, why, "failed");
    }

    /// @param outcome `asked`, `refused` or `given_up`
    void redelivery(String outcome) {
        redeliveries.count(connection, outcome);
    }

    void isOpen(boolean answers) {
        open = answers;
    }

    void isLeft(@Nullable Long questionsLeft, int wantedNow) {
        remaining = questionsLeft == null ? Double.NaN : questionsLeft;
        wanted = wantedNow;
    }
}

package dev.muster.ingest.webhook;

import dev.muster.ingest.body.InFlightBytes;
import dev.muster.ingest.connection.Connection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Counts deliveries by configured connection and answer. What a stranger writes is no label.
final class DeliveryCounter {

    private final MeterRegistry meters;

    DeliveryCounter(MeterRegistry meters, InFlightBytes inFlight) {
        this.meters = meters;
        Gauge.builder("muster.ingest.in.flight", inFlight, InFlightBytes::taken)
                .description("Bodies that are being received or journalled")
                .baseUnit("bytes")
                .register(meters);
    }

    void count(@Nullable Connection connection, Answer answer) {
        meters.counter(
                        "muster.ingest.deliveries",
                        "connection",
                        connection == null ? "unknown" : connection.name(),
                        "outcome",
                        answer.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}

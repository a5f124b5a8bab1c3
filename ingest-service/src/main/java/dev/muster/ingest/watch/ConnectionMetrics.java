package dev.muster.ingest.watch;

import dev.muster.ingest.connection.Connections;
import dev.muster.ingest.meter.IngestMeters;
import dev.muster.schemas.v1.ConnectionStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is wrong with connections, for who watches numbers.
@Component
final class ConnectionMetrics {

    private final Map<String, ConnectionStatus> shown = new ConcurrentHashMap<>();

    ConnectionMetrics(Connections connections, MeterRegistry meters, InstantSource clock) {
        for (var connection : connections.all()) {
            var name = connection.name();
            trouble(meters, name, "silent", ConnectionStatus::getSilentSince);
            trouble(meters, name, "rejecting", ConnectionStatus::getRejectingSince);
            trouble(meters, name, "failing", ConnectionStatus::getFailingSince);
            IngestMeters.CONNECTION_SILENCE.gauge(meters, shown, it -> silence(it.get(name), clock), name);
        }
    }

    private void trouble(
            MeterRegistry meters, String name, String trouble, Function<ConnectionStatus, @Nullable Instant> since) {
        IngestMeters.CONNECTION_TROUBLE.gauge(
                meters,
                shown,
                it -> {
                    var status = it.get(name);
                    return status != null && since.apply(status) != null ? 1 : 0;
                },
                name,
                trouble);
    }

    private static double silence(@Nullable ConnectionStatus status, InstantSource clock) {
        return status == null || status.getLastAcceptedAt() == null
                ? Double.NaN
                : Duration.between(status.getLastAcceptedAt(), clock.instant()).toMillis() / 1000.0;
    }

    void show(ConnectionStatus status) {
        shown.put(status.getName(), status);
    }
}

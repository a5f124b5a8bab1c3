package dev.muster.ingest.webhook;

import dev.muster.ingest.body.InFlightBytes;
import dev.muster.ingest.connection.Connection;
import dev.muster.ingest.connection.Connections;
import dev.muster.ingest.meter.IngestMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts deliveries by configured connection and answer, both known from the start. What a stranger writes is no
/// label.
final class DeliveryCounter {

    private static final String UNKNOWN = "unknown";

    private final Map<String, Map<Answer, Counter>> counters = new HashMap<>();

    DeliveryCounter(Connections connections, MeterRegistry meters, InFlightBytes inFlight) {
        IngestMeters.IN_FLIGHT.gauge(meters, inFlight, InFlightBytes::taken);
        counters.put(UNKNOWN, ofAnswers(meters, UNKNOWN));
        connections.all().forEach(connection -> counters.put(connection.name(), ofAnswers(meters, connection.name())));
    }

    private static Map<Answer, Counter> ofAnswers(MeterRegistry meters, String connection) {
        var counters = new EnumMap<Answer, Counter>(Answer.class);
        Arrays.stream(Answer.values())
                .forEach(answer -> counters.put(
                        answer,
                        IngestMeters.DELIVERIES.counter(
                                meters, connection, answer.name().toLowerCase(Locale.ROOT))));
        return counters;
    }

    void count(@Nullable Connection connection, Answer answer) {
        var counter = counters.getOrDefault(connection == null ? UNKNOWN : connection.name(), Map.of())
                .get(answer);
        if (counter != null) {
            counter.increment();
        }
    }
}

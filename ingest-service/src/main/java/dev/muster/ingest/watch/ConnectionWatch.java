package dev.muster.ingest.watch;

import dev.muster.ingest.source.Mapped;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes note of what becomes of deliveries, by connection. In memory, and never in the way of a delivery: what is not
/// written down yet when this instance dies is forgotten, which is some seconds of counting.
@Component
public final class ConnectionWatch {

    private static final int MAX_REASON = 300;
    private static final int MAX_EVENT = 100;

    private final InstantSource clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    ConnectionWatch(InstantSource clock) {
        this.clock = clock;
    }

    /// A delivery was journalled.
    public void accepted(String connection) {
        note(connection, Seen.accepted(clock.instant()));
    }

    /// A delivery was refused for what it is, not for our trouble.
    public void rejected(String connection, String reason) {
        note(connection, Seen.rejected(new Trouble(clock.instant(), shortened(reason, MAX_REASON))));
    }

    /// A journalled delivery was read by its definition.
    public void mapped(Delivery delivery, Mapped mapped) {
        var now = clock.instant();
        if (mapped.failures().isEmpty()) {
            var event = mapped.wanted() ? null : shortened(mapped.event(), MAX_EVENT);
            note(delivery.getConnection(), Seen.mapped(now, event, clockDifference(delivery, mapped)));
        } else {
            failed(delivery.getConnection(), mapped.failures().getFirst().message());
        }
    }

    /// A journalled delivery could not be read.
    public void failed(String connection, String reason) {
        note(connection, Seen.failed(new Trouble(clock.instant(), shortened(reason, MAX_REASON))));
    }

    /// Time of receipt less the newest time that the source gave.
    private static @Nullable Long clockDifference(Delivery delivery, Mapped mapped) {
        return mapped.facts().stream()
                .flatMap(facts -> facts.getChanges().stream())
                .filter(change -> !change.getClamped())
                .map(FactChange::getSourceTime)
                .filter(time -> !time.equals(delivery.getReceivedAt()))
                .max(Instant::compareTo)
                .map(newest ->
                        Duration.between(newest, delivery.getReceivedAt()).toMillis())
                .orElse(null);
    }

    private void note(String connection, Seen one) {
        seen.merge(connection, one, Seen::and);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /// What was seen since it was last taken.
    Optional<Seen> seen(String connection) {
        return Optional.ofNullable(seen.get(connection));
    }

    /// Takes what was seen: it is the caller's to write it down, or to give it back.
    Map<String, Seen> take() {
        var taken = new HashMap<String, Seen>();
        for (var connection : List.copyOf(seen.keySet())) {
            var one = seen.remove(connection);
            if (one != null) {
                taken.put(connection, one);
            }
        }
        return taken;
    }

    /// Gives back what could not be written down; it was seen before all that came meanwhile.
    void giveBack(Map<String, Seen> taken) {
        taken.forEach((connection, earlier) -> seen.merge(connection, earlier, (later, before) -> before.and(later)));
    }
}

package dev.muster.ingest.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.engine.definition.DurationText;
import dev.muster.ingest.connection.Connection;
import dev.muster.ingest.connection.Connections;
import dev.muster.ingest.declared.Declarations;
import dev.muster.ingest.settings.IngestSettings;
import dev.muster.ingest.source.OnError;
import dev.muster.schemas.v1.ConnectionStatus;
import dev.muster.schemas.v1.Trouble;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/v1/connections`: how each connection that has a secret reports.
@RestController
final class ConnectionsController {

    private final Connections connections;
    private final Declarations<ConnectionStatus> statuses;
    private final ConnectionWatch watch;
    private final Judging judging;
    private final InstantSource clock;

    ConnectionsController(
            Connections connections,
            Declarations<ConnectionStatus> statuses,
            ConnectionWatch watch,
            IngestSettings settings,
            InstantSource clock) {
        this.connections = connections;
        this.statuses = statuses;
        this.watch = watch;
        this.judging = new Judging(settings.watch());
        this.clock = clock;
    }

    /// Something that went wrong last.
    record Last(Instant at, String reason) {

        static @Nullable Last of(@Nullable Trouble trouble) {
            return trouble == null ? null : new Last(trouble.getAt(), trouble.getReason());
        }
    }

    /// Deliveries of an event type that no mapping reads.
    record Unmapped(String event, long count, Instant lastAt) {}

    /// A connection as answers show it.
    ///
    /// @param state `never` before anything was accepted, `reporting`, or what is wrong: `silent`, `rejecting`,
    /// `failing`
    /// @param retries whether its sender comes back with what was refused
    /// @param longestGap longest time between two deliveries of the last two weeks
    /// @param silentAfter how long it may be silent, once its rhythm is known
    /// @param clockDifferenceMillis time of receipt less the newest time in the last delivery that gave one
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String name,
            String source,
            List<String> state,
            boolean retries,
            long accepted,
            @Nullable Instant lastAcceptedAt,
            long rejected,
            @Nullable Last lastRejected,
            @Nullable Instant lastMappedAt,
            long failed,
            @Nullable Last lastFailure,
            List<Unmapped> unmapped,
            @Nullable Long clockDifferenceMillis,
            @Nullable String longestGap,
            @Nullable String silentAfter,
            @Nullable Instant silentSince,
            @Nullable Instant rejectingSince,
            @Nullable Instant failingSince) {}

    @GetMapping("/v1/connections")
    Map<String, List<View>> list() {
        var current = statuses.current();
        var now = clock.instant();
        var views = connections.all().stream()
                .sorted(Comparator.comparing(Connection::name))
                .map(connection -> view(connection, current.get(connection.name()), now))
                .toList();
        return Map.of("connections", views);
    }

    private View view(Connection connection, @Nullable ConnectionStatus known, Instant now) {
        var seen = watch.seen(connection.name()).orElse(null);
        var it = judging.judged(
                judging.merged(connection.name(), connection.source().name(), known, seen), now);
        return new View(
                it.getName(),
                it.getSource(),
                states(it),
                connection.source().onError() == OnError.RETRIES,
                it.getAccepted(),
                it.getLastAcceptedAt(),
                it.getRejected(),
                Last.of(it.getLastRejected()),
                it.getLastMappedAt(),
                it.getFailed(),
                Last.of(it.getLastFailure()),
                it.getUnmapped().stream()
                        .map(event -> new Unmapped(event.getEvent(), event.getCount(), event.getLastAt()))
                        .toList(),
                it.getClockDifferenceMillis(),
                Judging.longestGap(it).map(DurationText::format).orElse(null),
                judging.allowedSilence(it).map(DurationText::format).orElse(null),
                it.getSilentSince(),
                it.getRejectingSince(),
                it.getFailingSince());
    }

    private static List<String> states(ConnectionStatus it) {
        var states = new ArrayList<String>();
        if (it.getSilentSince() != null) {
            states.add("silent");
        }
        if (it.getRejectingSince() != null) {
            states.add("rejecting");
        }
        if (it.getFailingSince() != null) {
            states.add("failing");
        }
        if (states.isEmpty()) {
            states.add(it.getLastAcceptedAt() == null ? "never" : "reporting");
        }
        return states;
    }
}

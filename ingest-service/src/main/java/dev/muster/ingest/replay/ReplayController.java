package dev.muster.ingest.replay;

import dev.muster.engine.definition.DurationText;
import dev.muster.engine.definition.Nearest;
import dev.muster.ingest.connection.Connections;
import dev.muster.ingest.owner.Platform;
import dev.muster.ingest.request.DeclarationRequests;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemType;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/v1/replays`: maps the journal of a connection again with the definitions of today. For admins, and for who has the
/// duty `platform`.
@RestController
final class ReplayController {

    private static final Set<String> MEMBERS = Set.of("connection", "since", "until", "dryRun");

    private final Replays replays;
    private final Connections connections;
    private final DeclarationRequests requests;
    private final StrictJson json;
    private final InstantSource clock;

    ReplayController(
            Replays replays,
            Connections connections,
            DeclarationRequests requests,
            StrictJson json,
            InstantSource clock) {
        this.replays = replays;
        this.connections = connections;
        this.requests = requests;
        this.json = json;
        this.clock = clock;
    }

    /// Begins a replay: `{"connection", "since"}`, with `until` and `dryRun`. A time is written as RFC 3339 has it, or
    /// as how long ago it is, such as `7d`.
    @PostMapping("/v1/replays")
    ResponseEntity<Replay.View> begin(@AuthenticationPrincipal Caller caller, HttpServletRequest request)
            throws IOException, UnreadableJsonException {
        check(caller);
        var replay = replays.begin(order(json.readObject(requests.json(request)), caller));
        return ResponseEntity.accepted()
                .location(URI.create("/v1/replays/" + replay.id()))
                .body(replay.view());
    }

    private static void check(Caller caller) {
        if (!Platform.has(caller)) {
            throw Problem.of(ProblemType.FORBIDDEN, "Replays are for admins and for who has the duty " + Platform.DUTY)
                    .asException();
        }
    }

    private Replay.Order order(Map<String, @Nullable Object> body, Caller caller) {
        var errors = new ArrayList<ProblemError>();
        body.keySet().stream()
                .filter(key -> !MEMBERS.contains(key))
                .forEach(key -> errors.add(ProblemError.at(key, "unknown member" + Nearest.hint(key, MEMBERS))));
        var now = clock.instant();
        var connection = body.get("connection") instanceof String name ? name : "";
        if (connections.find(connection).isEmpty()) {
            var known = connections.all().stream().map(it -> it.name()).sorted().toList();
            errors.add(ProblemError.at("connection", "is none of the connections " + String.join(", ", known)));
        }
        var since = time(body.get("since"), "since", now, null, errors);
        var until = time(body.get("until"), "until", now, now, errors);
        if (!since.isBefore(until)) {
            errors.add(ProblemError.at("since", "is not before " + until));
        }
        var dryRun = body.get("dryRun");
        if (dryRun != null && !(dryRun instanceof Boolean)) {
            errors.add(ProblemError.at("dryRun", "is neither true nor false"));
        }
        if (!errors.isEmpty()) {
            throw Problem.of(ProblemType.INVALID_CONTENT, null)
                    .withErrors(errors)
                    .asException();
        }
        return new Replay.Order(connection, since, until, Boolean.TRUE.equals(dryRun), caller.getName());
    }

    /// @param otherwise when it is left out; null when it may not be
    private static Instant time(
            @Nullable Object told, String key, Instant now, @Nullable Instant otherwise, List<ProblemError> errors) {
        if (told == null && otherwise != null) {
            return otherwise;
        }
        try {
            if (told instanceof String text) {
                var ago = DurationText.parse(text);
                return ago.isPresent()
                        ? now.minus(ago.get())
                        : OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException | ArithmeticException _) {
            // said below
        }
        errors.add(ProblemError.at(key, "is no time such as 2026-06-01T12:00:00Z, and no duration ago such as 7d"));
        return Instant.EPOCH;
    }

    /// The replays of this instance, the newest first.
    @GetMapping("/v1/replays")
    Map<String, List<Replay.View>> list() {
        return Map.of("replays", replays.all().stream().map(Replay::view).toList());
    }

    /// How far one is. Only the instance that runs it knows.
    @GetMapping("/v1/replays/{id}")
    Replay.View get(@PathVariable String id) {
        return find(id).view();
    }

    /// Ends one early. What it told stays.
    @DeleteMapping("/v1/replays/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Replay.View stop(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        check(caller);
        var replay = find(id);
        replay.stop();
        return replay.view();
    }

    private Replay find(String id) {
        return replays.find(id)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "This instance knows of no such replay")
                        .asException());
    }
}

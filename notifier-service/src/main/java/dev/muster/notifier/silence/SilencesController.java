package dev.muster.notifier.silence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.routing.Field;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/silences`: made by members of the team that would hear of it, or by an admin; always with a
/// reason and an end.
@RestController
class SilencesController {

    private final Silences silences;
    private final SilenceSettings settings;
    private final Catalog catalog;
    private final InstantSource clock;
    private final StrictJson json = StrictJson.withDefaults();

    SilencesController(Silences silences, SilenceSettings settings, Catalog catalog, InstantSource clock) {
        this.silences = silences;
        this.settings = settings;
        this.catalog = catalog;
        this.clock = clock;
    }

    /// A silence as answers show it.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String id,
            Silence.State state,
            Map<String, List<String>> matchers,
            String reason,
            String owner,
            Instant createdAt,
            Instant startsAt,
            Instant endsAt,
            @Nullable String endedBy,
            @Nullable Instant endedAt) {

        static View of(Silence it, Instant now) {
            return new View(
                    it.id(),
                    it.state(now),
                    Silences.labels(it.matchers()),
                    it.reason(),
                    it.owner(),
                    it.createdAt(),
                    it.startsAt(),
                    it.endsAt(),
                    it.endedBy(),
                    it.endedAt());
        }
    }

    @PostMapping("/api/v1/silences")
    ResponseEntity<View> create(@RequestBody byte[] body, @AuthenticationPrincipal Caller caller)
            throws UnreadableJsonException {
        var now = clock.instant();
        var silence =
                SilenceForm.read(json.read(body), UUID.randomUUID().toString(), caller.name(), now, settings.longest());
        check(silence, caller);
        silences.create(silence);
        return ResponseEntity.created(URI.create("/api/v1/silences/" + silence.id()))
                .body(View.of(silence, now));
    }

    /// Ends one early; what it held back and is still so leaves now.
    @DeleteMapping("/api/v1/silences/{id}")
    View end(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        var now = clock.instant();
        var silence = known(id);
        check(silence, caller);
        if (!silences.end(silence, caller.name(), now)) {
            throw Problem.of(ProblemType.CONFLICT, "The silence is over already")
                    .asException();
        }
        return View.of(known(id), now);
    }

    @GetMapping("/api/v1/silences/{id}")
    View get(@PathVariable String id) {
        return View.of(known(id), clock.instant());
    }

    /// The newest 500, what was made last first.
    ///
    /// @param state only those that are pending, active or expired
    @GetMapping("/api/v1/silences")
    Map<String, List<View>> list(@RequestParam(required = false) @Nullable String state) {
        var wanted = state(state);
        var now = clock.instant();
        return Map.of(
                "silences",
                silences.all().stream()
                        .filter(it -> wanted == null || it.state(now) == wanted)
                        .map(it -> View.of(it, now))
                        .toList());
    }

    private Silence known(String id) {
        return silences.find(id)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "No silence has this id")
                        .asException());
    }

    /// An editor silences what its own teams own: the owners, or the entities, must all be theirs.
    private void check(Silence it, Caller caller) {
        var wanted = it.matchers().wanted();
        var ownersAreTheirs = !wanted.getOrDefault(Field.OWNER, List.of()).isEmpty()
                && caller.groups().containsAll(wanted.getOrDefault(Field.OWNER, List.of()));
        var entities = wanted.getOrDefault(Field.ENTITY, List.of());
        var entitiesAreTheirs = !entities.isEmpty()
                && entities.stream()
                        .allMatch(entity -> catalog.find(entity)
                                .map(CatalogEntry::owner)
                                .filter(caller.groups()::contains)
                                .isPresent());
        if (!caller.isAdmin() && !ownersAreTheirs && !entitiesAreTheirs) {
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "This takes the role admin, or an owner that the caller is a member of, or entities that"
                                    + " such an owner owns")
                    .asException();
        }
    }

    private static Silence.@Nullable State state(@Nullable String text) {
        try {
            return text == null ? null : Silence.State.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw Problem.of(
                            ProblemType.MALFORMED_REQUEST,
                            "state must be one of " + Arrays.toString(Silence.State.values()))
                    .asException();
        }
    }
}

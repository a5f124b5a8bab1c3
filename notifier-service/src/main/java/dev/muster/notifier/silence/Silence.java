package dev.muster.notifier.silence;

import dev.muster.routing.Change;
import dev.muster.routing.Matchers;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What somebody does not want to hear of for a time.
///
/// @param owner who made it, and answers for it
/// @param endsAt when it ends by itself
/// @param endedBy who ended it early, null when nobody did
/// @param endedAt when it was ended early
public record Silence(
        String id,
        Matchers matchers,
        String reason,
        String owner,
        Instant createdAt,
        Instant startsAt,
        Instant endsAt,
        @Nullable String endedBy,
        @Nullable Instant endedAt) {

    /// How it stands.
    public enum State {
        /// Has not begun.
        PENDING,
        ACTIVE,
        /// Over, by itself or early.
        EXPIRED
    }

    /// How it stands at `now`.
    public State state(Instant now) {
        var over = endedAt == null ? endsAt : endedAt;
        return !now.isBefore(over) ? State.EXPIRED : now.isBefore(startsAt) ? State.PENDING : State.ACTIVE;
    }

    /// The silence that covers `change` at `now`: of several, the one that ends last.
    public static Optional<Silence> covering(List<Silence> silences, Change change, Instant now) {
        return silences.stream()
                .filter(it -> it.state(now) == State.ACTIVE && it.matchers().cover(change))
                .max(Comparator.comparing(Silence::endsAt).thenComparing(Silence::id));
    }
}

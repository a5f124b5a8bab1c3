package dev.muster.notifier.transition;

import dev.muster.schemas.v1.TransitionKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change of the result of an entity on a scorecard.
///
/// @param id the same in every replay
/// @param after null when the entity or the scorecard ended
/// @param notifies false when the scorecard is a draft or does not notify this kind
public record Transition(
        String id,
        String entity,
        String scorecard,
        String scorecardTitle,
        long version,
        TransitionKind kind,
        Instant at,
        @Nullable Standing before,
        @Nullable Standing after,
        List<RuleChange> changes,
        Cause cause,
        @Nullable String owner,
        @Nullable Integer tier,
        boolean notifies) {

    public Transition {
        changes = List.copyOf(changes);
    }

    /// Whether something got worse. What a baseline says was so before.
    public boolean regresses() {
        return kind == TransitionKind.REGRESSED && !cause.baseline();
    }

    /// The level that a regression lost, null when it lost none.
    public @Nullable String lost() {
        return kind == TransitionKind.REGRESSED
                        && levelBefore() != null
                        && !levelBefore().equals(levelAfter())
                ? levelBefore()
                : null;
    }

    /// Level before, null when there was none.
    public @Nullable String levelBefore() {
        return before == null ? null : before.level();
    }

    /// Level after, null when there is none.
    public @Nullable String levelAfter() {
        return after == null ? null : after.level();
    }
}

package dev.muster.engine.replay;

import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.Transition;
import dev.muster.engine.rule.EntityView;
import java.time.Instant;

/// Hears what happens in a [Replay], in order. Who listens keeps what it needs: the replay keeps nothing of it.
public interface ReplayListener {

    /// The first result of an entity, at [Result#evaluatedAt]: of those that are there when changes begin to count, and
    /// of those that come later. Nobody would have been told.
    ///
    /// @param cause the instant, the entity or the scorecard
    void began(EntityView entity, Result first, Cause cause);

    /// A result became another one.
    ///
    /// @param cause what changed, or the instant that passed; the time of the change is [Result#evaluatedAt] of
    ///     `after`
    void changed(EntityView entity, Result before, Result after, Transition transition, Cause cause);

    /// There is no result any more: the entity or the scorecard is gone, or one does not apply to the other.
    void ended(EntityView entity, Result before, Transition transition, Cause cause, Instant at);
}

package dev.muster.engine.replay;

import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.Transition;
import dev.muster.engine.rule.EntityView;

/// Hears what happens in a [Replay], in order. Who listens keeps what it needs: the replay keeps nothing of it.
public interface ReplayListener {

    /// The first result of an entity, at the instant from which on changes count. Nobody would have been told.
    void began(EntityView entity, Result first);

    /// A result became another one.
    ///
    /// @param cause the fact that changed or the instant that passed; the time of the change is
    ///     [Result#evaluatedAt] of `after`
    void changed(EntityView entity, Result before, Result after, Transition transition, Cause cause);
}

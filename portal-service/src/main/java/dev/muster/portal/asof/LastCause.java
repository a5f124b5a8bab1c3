package dev.muster.portal.asof;

import dev.muster.engine.replay.ReplayListener;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.Transition;
import dev.muster.engine.rule.EntityView;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers why the only result of a replay is as it is.
final class LastCause implements ReplayListener {

    private @Nullable Cause cause;

    Optional<Cause> find() {
        return Optional.ofNullable(cause);
    }

    @Override
    public void began(EntityView entity, Result first, Cause why) {
        cause = why;
    }

    @Override
    public void changed(EntityView entity, Result before, Result after, Transition transition, Cause why) {
        cause = why;
    }

    @Override
    public void ended(EntityView entity, Result before, Transition transition, Cause why, Instant at) {
        cause = null;
    }
}

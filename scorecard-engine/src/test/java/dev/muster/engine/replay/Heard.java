package dev.muster.engine.replay;

import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.Transition;
import dev.muster.engine.rule.A;
import dev.muster.engine.rule.EntityView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;

/// Keeps all that a replay tells, and sees to it that it tells it in the order of time.
final class Heard implements ReplayListener {

    /// @param before null for the first
    /// @param after null for the end
    /// @param transition null for the first
    record Change(String entity, Result before, Result after, Transition transition, Cause cause) {

        String inShort() {
            return "%s %s +%d %s"
                    .formatted(
                            entity.substring(entity.indexOf('/') + 1),
                            transition.kind(),
                            Duration.between(A.NOW, after.evaluatedAt()).toMillis(),
                            cause.kind());
        }
    }

    final List<Change> all = new ArrayList<>();
    final List<Result> first = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final List<Change> ends = new ArrayList<>();
    private Instant last = Instant.MIN;

    @Override
    public void began(EntityView entity, Result result, Cause cause) {
        Assertions.assertThat(cause.baseline()).isTrue();
        first.add(result);
        hear(new Change(entity.ref(), null, result, null, cause), result.evaluatedAt());
    }

    @Override
    public void changed(EntityView entity, Result before, Result after, Transition transition, Cause cause) {
        var change = new Change(entity.ref(), before, after, transition, cause);
        changes.add(change);
        hear(change, after.evaluatedAt());
    }

    @Override
    public void ended(EntityView entity, Result before, Transition transition, Cause cause, Instant at) {
        var end = new Change(entity.ref(), before, null, transition, cause);
        ends.add(end);
        hear(end, at);
    }

    private void hear(Change change, Instant at) {
        Assertions.assertThat(at).isAfterOrEqualTo(last);
        last = at;
        all.add(change);
    }

    List<String> inShort() {
        return changes.stream().map(Change::inShort).toList();
    }
}

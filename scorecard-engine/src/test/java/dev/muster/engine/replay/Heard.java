package dev.muster.engine.replay;

import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.Transition;
import dev.muster.engine.rule.EntityView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;

/// Keeps all that a replay tells, and sees to it that each change goes on where the last one ended.
final class Heard implements ReplayListener {

    record Change(String entity, Result before, Result after, Transition transition, Cause cause) {

        String inShort() {
            return "%s %s +%d %s"
                    .formatted(
                            entity.substring(entity.indexOf('/') + 1),
                            transition.kind(),
                            Duration.between(dev.muster.engine.rule.A.NOW, after.evaluatedAt())
                                    .toMillis(),
                            cause.kind());
        }
    }

    final List<Result> first = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();

    @Override
    public void began(EntityView entity, Result result) {
        first.add(result);
    }

    @Override
    public void changed(EntityView entity, Result before, Result after, Transition transition, Cause cause) {
        if (!changes.isEmpty()) {
            Assertions.assertThat(after.evaluatedAt())
                    .isAfterOrEqualTo(changes.getLast().after().evaluatedAt());
        }
        changes.add(new Change(entity.ref(), before, after, transition, cause));
    }

    List<String> inShort() {
        return changes.stream().map(Change::inShort).toList();
    }
}

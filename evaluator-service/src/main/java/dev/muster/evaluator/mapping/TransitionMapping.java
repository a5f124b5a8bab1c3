package dev.muster.evaluator.mapping;

import dev.muster.engine.result.Cause;
import dev.muster.engine.result.RuleChange;
import dev.muster.engine.result.Transition;
import dev.muster.engine.result.TransitionKind;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.RuleOutcome;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Transitions, from the engine to their topic.
public final class TransitionMapping {

    private TransitionMapping() {}

    /// The transition as it travels.
    ///
    /// @param before the result before, null for the first
    /// @param after the result that there is now, null when it ended
    /// @param definition scorecard that judged, null when it was deleted
    /// @param version of the transition, one more than that of the result before
    /// @param at when it took effect
    public static dev.muster.schemas.v1.Transition toAvro(
            Transition it,
            Entity entity,
            String scorecard,
            @Nullable Judged before,
            @Nullable Judged after,
            @Nullable Definition definition,
            long version,
            Instant at,
            Cause cause) {
        return new dev.muster.schemas.v1.Transition(
                ResultMapping.transitionId(entity.getRef(), scorecard, version),
                entity.getRef(),
                scorecard,
                definition == null ? scorecard : definition.published().getTitle(),
                cause.scorecardVersion(),
                version,
                dev.muster.schemas.v1.TransitionKind.valueOf(it.kind().name()),
                at,
                before == null ? null : before.standing(),
                after == null ? null : after.standingAfter(before),
                it.changes().stream()
                        .map(change -> toAvro(change, definition, before))
                        .toList(),
                ResultMapping.toAvro(cause),
                entity.getOwner(),
                entity.getTier(),
                notifies(it.kind(), definition));
    }

    /// Whether people may hear of a transition: of one without a scorecard nobody does.
    static boolean notifies(TransitionKind kind, @Nullable Definition definition) {
        return definition != null && definition.compiled().definition().notifies(kind);
    }

    private static @Nullable RuleOutcome rule(@Nullable Judged judged, String rule) {
        if (judged != null) {
            for (var outcome : judged.told().getRules()) {
                if (outcome.getRule().equals(rule)) {
                    return outcome;
                }
            }
        }
        return null;
    }

    private static dev.muster.schemas.v1.RuleChange toAvro(
            RuleChange it, @Nullable Definition definition, @Nullable Judged before) {
        var now = Optional.ofNullable(definition).map(some -> some.rules().get(it.rule()));
        var then = Optional.ofNullable(rule(before, it.rule()));
        return new dev.muster.schemas.v1.RuleChange(
                it.rule(),
                now.map(rule -> rule.getTitle())
                        .or(() -> then.map(RuleOutcome::getTitle))
                        .orElse(it.rule()),
                now.map(rule -> rule.getLevel())
                        .or(() -> then.map(RuleOutcome::getLevel))
                        .orElse(""),
                toAvro(it.before()),
                toAvro(it.after()),
                it.message(),
                now.map(rule -> rule.getRemediation()).orElse(null));
    }

    private static @Nullable Outcome toAvro(dev.muster.engine.result.@Nullable Outcome outcome) {
        return outcome == null ? null : ResultMapping.toAvro(outcome);
    }
}

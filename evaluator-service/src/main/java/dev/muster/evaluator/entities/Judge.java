package dev.muster.evaluator.entities;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.fact.Facts;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Transitions;
import dev.muster.evaluator.mapping.Definition;
import dev.muster.evaluator.mapping.Judged;
import dev.muster.evaluator.mapping.Readiness;
import dev.muster.evaluator.mapping.ResultMapping;
import dev.muster.evaluator.mapping.TransitionMapping;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges one entity by one scorecard. A pure function: it writes nothing and reads no clock.
final class Judge {

    private Judge() {}

    /// What became of it.
    sealed interface Judgement {

        /// Nothing that anybody could see.
        record Same() implements Judgement {}

        /// There is a new result: with a transition when it means something else, without when only its evidence or its
        /// next instant differs.
        ///
        /// @param deliveryId what made the difference
        /// @param readiness what those that depend on the entity learn; null when its levels stay as they are
        record Different(
                Judged after,
                @Nullable Transition transition,
                @Nullable String deliveryId,
                @Nullable FactsObserved readiness)
                implements Judgement {}

        /// There is no result any more.
        record Ended(Transition transition, FactsObserved readiness) implements Judgement {}
    }

    /// Evaluates the touched rules and compares.
    ///
    /// @param before the result so far, null for the first
    /// @param version of the last result that there was, 0 when there was none
    /// @param touched ids of the rules that may have changed; after an edit, of those that are others
    static Judgement judge(
            Definition definition,
            Entity entity,
            Facts facts,
            Instant now,
            @Nullable Judged before,
            long version,
            Set<String> touched,
            Cause cause) {
        var previous = before == null ? null : before.result();
        var at = previous != null && now.isBefore(previous.evaluatedAt()) ? previous.evaluatedAt() : now;
        var view = ScorecardMapping.toEngine(entity);
        var result = previous != null && previous.scorecardVersion() != definition.version()
                ? definition.compiled().evaluateEdited(view, facts, at, previous, touched)
                : definition.compiled().evaluate(view, facts, at, previous, touched);
        var transition = Transitions.between(
                        previous, result, definition.published().getLevels(), cause)
                .orElse(null);
        if (transition == null) {
            var same = requireNonNull(before);
            var after = ResultMapping.judged(
                    result, definition, same, version, same.told().getCause());
            return after.looksLike(same)
                    ? new Judgement.Same()
                    : new Judgement.Different(
                            after,
                            null,
                            cause.deliveryId(),
                            Readiness.changed(entity, definition, same, after, at, cause));
        }
        var after = ResultMapping.judged(result, definition, before, version + 1, ResultMapping.toAvro(cause));
        return new Judgement.Different(
                after,
                TransitionMapping.toAvro(
                        transition, entity, definition.name(), before, after, definition, version + 1, at, cause),
                cause.deliveryId(),
                Readiness.changed(entity, definition, before, after, at, cause));
    }

    /// The end of a result: the entity is gone, or the scorecard is, or does not apply any more.
    ///
    /// @param definition null when the scorecard is gone
    static Judgement end(
            Judged before, String scorecard, @Nullable Definition definition, Entity entity, Instant now, Cause cause) {
        var transition =
                Transitions.between(before.result(), null, List.of(), cause).orElseThrow();
        var version = before.version() + 1;
        return new Judgement.Ended(
                TransitionMapping.toAvro(transition, entity, scorecard, before, null, definition, version, now, cause),
                Readiness.ended(entity, scorecard, version, now, cause));
    }
}

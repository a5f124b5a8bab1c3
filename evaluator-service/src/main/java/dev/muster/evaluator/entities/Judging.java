package dev.muster.evaluator.entities;

import dev.muster.engine.result.Cause;
import dev.muster.evaluator.entities.Judge.Judgement;
import dev.muster.evaluator.mapping.Definition;
import dev.muster.evaluator.mapping.Judged;
import dev.muster.evaluator.mapping.Readiness;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.records.ScorecardMapping;
import dev.muster.records.UnusableRecordException;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.Entity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Has entities judged by scorecards, and makes what comes of it count.
///
/// Evaluation never throws. If it does all the same, the result stays as it was, nobody waits for it any more, and what
/// broke becomes a dead letter once everything else is done.
final class Judging {

    /// Rules that rarely read more facts than are read one by one.
    private static final int FEW = 4;

    private final Results results;
    private final Targets targets;
    private final Timers timers;
    private final EvaluatorMeters meters;
    private @Nullable String broken;

    Judging(Results results, Targets targets, Timers timers, EvaluatorMeters meters) {
        this.results = results;
        this.targets = targets;
        this.timers = timers;
        this.meters = meters;
    }

    /// Judges by the rules that read any of `facts`, of every scorecard that applies.
    void touch(Entity entity, EntityFacts known, Set<String> facts, Instant now, IntFunction<Cause> cause) {
        var reading = new LinkedHashMap<String, Target>(); // by name: a definition is large, and so is its hash
        facts.forEach(fact -> targets.reading(fact).forEach(target -> reading.put(target.name(), target)));
        for (var target : reading.values()) {
            var before = results.of(entity.getRef(), target.name());
            var definition = target.definition();
            if (before != null && definition != null) { // without a result it does not apply
                var rules = new LinkedHashSet<String>();
                facts.forEach(fact -> rules.addAll(definition.compiled().rulesReading(fact)));
                rules(target, entity, known, now, before, rules, cause);
            }
        }
    }

    /// Judges by all rules of a scorecard, or ends the result when it does not apply any more.
    void whole(Target target, Entity entity, EntityFacts facts, Instant now, IntFunction<Cause> cause) {
        var before = results.of(entity.getRef(), target.name());
        var definition = target.definition();
        if (definition != null && definition.compiled().appliesTo(ScorecardMapping.toEngine(entity))) {
            rules(target, entity, facts, now, before, definition.compiled().rules(), cause);
        } else if (before != null) {
            end(before, target, entity, now, cause);
        }
    }

    /// Judges by a scorecard that is new to the entity: by the rules that are not as they were, when that is known.
    void edited(Target target, Entity entity, EntityFacts facts, Instant now, IntFunction<Cause> cause) {
        var before = results.of(entity.getRef(), target.name());
        var definition = target.definition();
        if (before != null
                && definition != null
                && definition.compiled().appliesTo(ScorecardMapping.toEngine(entity))) {
            var rules = target.rulesSince(definition, before.told().getScorecardVersion());
            judge(target.name(), definition, entity, facts, now, before, rules, cause);
        } else {
            whole(target, entity, facts, now, cause);
        }
    }

    /// Judges by some rules.
    void rules(
            Target target,
            Entity entity,
            EntityFacts facts,
            Instant now,
            @Nullable Judged before,
            Set<String> rules,
            IntFunction<Cause> cause) {
        var definition = target.definition();
        if (definition != null && (before == null || !rules.isEmpty())) {
            judge(target.name(), definition, entity, facts, now, before, rules, cause);
        }
    }

    private void judge(
            String scorecard,
            Definition definition,
            Entity entity,
            EntityFacts facts,
            Instant now,
            @Nullable Judged before,
            Set<String> rules,
            IntFunction<Cause> cause) {
        var given = cause.apply(definition.version());
        var because = before == null ? given.asBaseline() : given;
        var version = results.version(entity.getRef(), scorecard, before);
        if (rules.size() > FEW) {
            facts.readAhead(definition.compiled().factsRead());
        }
        decide(
                scorecard,
                entity,
                before,
                () -> Judge.judge(definition, entity, facts, now, before, version, rules, because));
    }

    /// Tells those that depend on an entity that it is of another tier now, which goes with its levels.
    void tellTier(Entity entity, Instant now, IntFunction<Cause> cause) {
        for (var judged : results.of(entity.getRef())) {
            var target = targets.find(judged.scorecard());
            var definition = target == null ? null : target.definition();
            if (definition != null && !definition.published().getDraft()) {
                results.tell(Readiness.of(entity, definition, judged, now, cause.apply(definition.version())));
            }
        }
    }

    /// Ends a result.
    void end(Judged before, @Nullable Target target, Entity entity, Instant now, IntFunction<Cause> cause) {
        var definition = target == null ? null : target.definition();
        var because = cause.apply(definition == null ? before.told().getScorecardVersion() : definition.version());
        decide(
                before.scorecard(),
                entity,
                before,
                () -> Judge.end(before, before.scorecard(), definition, entity, now, because));
    }

    private void decide(String scorecard, Entity entity, @Nullable Judged before, Supplier<Judgement> judge) {
        Judgement judgement;
        var began = System.nanoTime();
        try {
            judgement = judge.get();
            meters.judged(began);
        } catch (KafkaException e) {
            throw e; // a store broke, not a rule
        } catch (RuntimeException e) {
            meters.failed();
            broken = "judging %s by %s failed: %s".formatted(entity.getRef(), scorecard, e);
            if (before != null) {
                timers.move(entity.getRef(), scorecard, before.nextChangeAt(), null);
            }
            return;
        }
        results.enact(entity.getRef(), scorecard, before, judgement);
    }

    /// True when something broke since that was told last.
    boolean broken() {
        return broken != null;
    }

    /// Comes last.
    ///
    /// @throws UnusableRecordException when something broke
    void tellWhatBroke() {
        var message = broken;
        if (message != null) {
            broken = null;
            throw new UnusableRecordException(DeadLetterReason.PROCESSING_FAILED, message);
        }
    }
}

package dev.muster.evaluator.mapping;

import dev.muster.engine.result.RuleOutcome;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A result as the world sees it and as the engine does. Used by one thread.
public final class Judged {

    private final Result told;
    private final dev.muster.engine.result.Result result;
    private @Nullable Standing standing;

    private Judged(Result told, dev.muster.engine.result.Result result) {
        this.told = told;
        this.result = result;
    }

    /// @param before the result before, whose unchanged outcomes are not read again
    static Judged of(Result told, @Nullable Judged before) {
        var outcomes = new ArrayList<RuleOutcome>(told.getRules().size());
        for (var place = 0; place < told.getRules().size(); place++) {
            var outcome = told.getRules().get(place);
            outcomes.add(
                    before != null && before.has(place, outcome)
                            ? before.result.rules().get(place)
                            : ResultMapping.toEngine(outcome));
        }
        return new Judged(told, ResultMapping.toEngine(told, outcomes));
    }

    public static Judged of(Result told) {
        return of(told, null);
    }

    /// What travels.
    public Result told() {
        return told;
    }

    /// What the engine goes on from: always what [ResultMapping] reads out of [#told].
    public dev.muster.engine.result.Result result() {
        return result;
    }

    /// The result in short: always the same object.
    Standing standing() {
        if (standing == null) {
            standing = standingOf(told);
        }
        return standing;
    }

    /// The same, and the very object that the result before has when nothing but words are different.
    Standing standingAfter(@Nullable Judged before) {
        if (standing == null && before != null && standsAs(before)) {
            standing = before.standing();
        }
        return standing();
    }

    private boolean standsAs(Judged other) {
        if (!Objects.equals(told.getLevel(), other.told.getLevel())
                || told.getScore() != other.told.getScore()
                || told.getCoverage() != other.told.getCoverage()
                || rules() != other.rules()) {
            return false;
        }
        for (var place = 0; place < rules(); place++) {
            var here = told.getRules().get(place);
            var there = other.told.getRules().get(place);
            if (here.getOutcome() != there.getOutcome() || !here.getRule().equals(there.getRule())) {
                return false;
            }
        }
        return true;
    }

    private static Standing standingOf(Result it) {
        var outcomes = HashMap.<String, Outcome>newHashMap(it.getRules().size());
        it.getRules().forEach(rule -> outcomes.put(rule.getRule(), rule.getOutcome()));
        return new Standing(it.getLevel(), it.getScore(), it.getCoverage(), outcomes);
    }

    /// What it says of one rule, when the engine gave the very same outcome there before.
    dev.muster.schemas.v1.@Nullable RuleOutcome told(int place, RuleOutcome outcome) {
        return place < result.rules().size() && same(result.rules().get(place), outcome)
                ? told.getRules().get(place)
                : null;
    }

    private boolean has(int place, dev.muster.schemas.v1.RuleOutcome outcome) {
        return place < told.getRules().size() && same(told.getRules().get(place), outcome);
    }

    /// Untouched outcomes are carried over as they are, so this is enough to know them again.
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Object a, Object b) {
        return a == b;
    }

    public String scorecard() {
        return told.getScorecard();
    }

    public long version() {
        return told.getVersion();
    }

    public int rules() {
        return told.getRules().size();
    }

    public @Nullable Instant nextChangeAt() {
        return told.getNextChangeAt();
    }

    /// True when nobody could tell the difference to `other`, but for the instant of evaluation.
    public boolean looksLike(Judged other) {
        if (told.getScorecardVersion() != other.told.getScorecardVersion()
                || !Objects.equals(nextChangeAt(), other.nextChangeAt())
                || rules() != other.rules()) {
            return false;
        }
        for (var place = 0; place < rules(); place++) {
            var outcome = told.getRules().get(place);
            if (!other.has(place, outcome)
                    && !outcome.equals(other.told.getRules().get(place))) {
                return false;
            }
        }
        return true;
    }
}

package dev.muster.engine.result;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares two results of one entity and scorecard.
public final class Transitions {

    private Transitions() {}

    /// The transition from `before` to `after`; empty when level, score, coverage, every outcome and every message
    /// are the same.
    ///
    /// Evidence alone makes no transition.
    ///
    /// @param before null when there was no result yet
    /// @param after null when the entity or the scorecard ended
    /// @param levels levels of the scorecard that judged, from the lowest to the highest
    public static Optional<Transition> between(
            @Nullable Result before, @Nullable Result after, List<String> levels, Cause cause) {
        var changes = changes(rules(before), rules(after));
        return changes.isEmpty() && standsAs(before, after)
                ? Optional.empty()
                : Optional.of(new Transition(kind(before, after, changes, levels, cause), changes));
    }

    private static boolean standsAs(@Nullable Result before, @Nullable Result after) {
        if (before == null || after == null) {
            return before == null && after == null;
        }
        return Objects.equals(before.level(), after.level())
                && before.score() == after.score()
                && before.coverage() == after.coverage();
    }

    private static TransitionKind kind(
            @Nullable Result before,
            @Nullable Result after,
            List<RuleChange> changes,
            List<String> levels,
            Cause cause) {
        if (cause.baseline() || before == null) {
            return TransitionKind.BASELINE;
        }
        if (after == null) {
            return TransitionKind.CHANGED;
        }
        return switch (cause.kind()) {
            case FACT, CLOCK -> byEvidence(changes, climbed(before, after, levels));
            case SCORECARD -> TransitionKind.BASELINE;
            case ENTITY, CLAIM -> TransitionKind.CHANGED;
        };
    }

    private static TransitionKind byEvidence(List<RuleChange> changes, int climbed) {
        if (climbed < 0 || changes.stream().anyMatch(Transitions::regressed)) {
            return TransitionKind.REGRESSED;
        }
        if (climbed > 0 || changes.stream().anyMatch(Transitions::recovered)) {
            return TransitionKind.RECOVERED;
        }
        return changes.stream().anyMatch(Transitions::decayed) ? TransitionKind.DECAYED : TransitionKind.CHANGED;
    }

    private static boolean regressed(RuleChange change) {
        return change.after() != null
                && change.after().failed()
                && !(change.before() != null && change.before().failed());
    }

    private static boolean recovered(RuleChange change) {
        return change.before() != null
                && change.before().failed()
                && change.after() != null
                && change.after().satisfies();
    }

    private static boolean decayed(RuleChange change) {
        return change.after() != null && change.after().decayed() && change.after() != change.before();
    }

    /// Levels gained, or lost when negative.
    private static int climbed(Result before, Result after, List<String> levels) {
        return rank(after.level(), levels) - rank(before.level(), levels);
    }

    private static int rank(@Nullable String level, List<String> levels) {
        return level == null ? -1 : levels.indexOf(level);
    }

    private static List<RuleOutcome> rules(@Nullable Result result) {
        return result == null ? List.of() : result.rules();
    }

    private static List<RuleChange> changes(List<RuleOutcome> before, List<RuleOutcome> after) {
        var changes = new ArrayList<RuleChange>();
        for (var place = 0; place < after.size(); place++) {
            var now = after.get(place);
            var then = RuleOutcome.find(before, place, now.rule());
            if (then == null
                    || then.outcome() != now.outcome()
                    || !then.message().equals(now.message())) {
                changes.add(
                        new RuleChange(now.rule(), then == null ? null : then.outcome(), now.outcome(), now.message()));
            }
        }
        for (var place = 0; place < before.size(); place++) {
            var then = before.get(place);
            if (RuleOutcome.find(after, place, then.rule()) == null) {
                changes.add(new RuleChange(then.rule(), then.outcome(), null, ""));
            }
        }
        changes.sort(comparingInt(Transitions::place));
        return changes;
    }

    private static int place(RuleChange change) {
        var onlyWords = change.before() == change.after();
        return badness(change.after()) + (onlyWords ? 100 : 0);
    }

    private static int badness(@Nullable Outcome outcome) {
        return switch (outcome) {
            case FAIL -> 0;
            case ERROR -> 1;
            case STALE -> 2;
            case UNKNOWN -> 3;
            case WARN -> 4;
            case EXEMPT -> 5;
            case NOT_APPLICABLE -> 6;
            case PASS -> 7;
            case null -> 8;
        };
    }
}

package dev.muster.engine.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes level, score and coverage of outcomes.
///
/// - **score**: weight passed of weight decided. What is unknown, stale or exempt is not decided and neither earns
///   nor costs.
/// - **coverage**: weight decided of weight applicable, so that a perfect score on little evidence shows. An exempt
///   rule does apply, so it lowers the coverage.
/// - **level**: the highest whose rules, and those of every level below, are all passed, exempt or not applicable. A
///   level that no rule needs is reached with the one below it.
///
/// Both numbers are rounded down, so that 100 means all. Where nothing is decided both are 0.
public final class Scoring {

    private Scoring() {}

    /// What one rule adds.
    ///
    /// @param level level that needs the rule
    /// @param weight 1 or more
    public record Mark(String level, int weight, Outcome outcome) {}

    /// What all rules together make.
    ///
    /// @param level highest level reached, null when not even the lowest is
    public record Score(@Nullable String level, int score, int coverage) {}

    /// Level, score and coverage.
    ///
    /// @param levels from the lowest to the highest; a rule of none of them stands in the way of all
    public static Score of(List<String> levels, List<Mark> marks) {
        var passed = 0L;
        var decided = 0L;
        var applicable = 0L;
        for (var mark : marks) {
            var outcome = mark.outcome();
            passed += outcome.passed() ? mark.weight() : 0;
            decided += outcome.decided() ? mark.weight() : 0;
            applicable += outcome.applicable() ? mark.weight() : 0;
        }
        return new Score(level(levels, marks), percent(passed, decided), percent(decided, applicable));
    }

    private static @Nullable String level(List<String> levels, List<Mark> marks) {
        var reached = levels.size();
        for (var mark : marks) {
            if (!mark.outcome().satisfies()) {
                reached = Math.min(reached, Math.max(levels.indexOf(mark.level()), 0));
            }
        }
        return reached == 0 ? null : levels.get(reached - 1);
    }

    private static int percent(long part, long whole) {
        return whole == 0 ? 0 : (int) (100 * part / whole);
    }
}

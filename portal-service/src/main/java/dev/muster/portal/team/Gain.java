package dev.muster.portal.team;

import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.RuleView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What it buys to mend one rule for one entity. Pure.
///
/// @param points by which the score rises
/// @param reaches the level that is reached by that alone; null when none is
/// @param towards the next level, when the rule stands in its way; else null
/// @param steps how many rules stand in the way of that level, this one among them
/// @param worth the greater, the sooner it should be done: what it buys, more for critical entities, by its effort
record Gain(int points, @Nullable String reaches, @Nullable String towards, int steps, double worth) {

    /// A level is worth as much as so many points.
    private static final double LEVEL = 40;

    private static final int USUAL_TIER = 3;

    /// @param levels of the scorecard, from the lowest
    /// @param effort low, medium or high; medium when nobody says
    /// @param tier of the entity; 1 is the most critical
    static Gain of(
            ResultView result, RuleView rule, List<String> levels, @Nullable String effort, @Nullable Integer tier) {
        int points = score(result.rules(), rule) - score(result.rules(), null);
        var next = result.nextLevel(levels).orElse(null);
        var inTheWay = next == null ? List.<RuleView>of() : result.inTheWayOf(next, levels);
        boolean stands = inTheWay.stream().anyMatch(it -> it.id().equals(rule.id()));
        var reaches = stands && inTheWay.size() == 1 ? highest(result, rule, levels) : null;
        double share = stands ? LEVEL / inTheWay.size() : 0;
        double critical = 1 + Math.max(0, USUAL_TIER - (tier == null ? USUAL_TIER : tier)) / 2.0;
        return new Gain(
                points,
                reaches,
                stands ? next : null,
                stands ? inTheWay.size() : 0,
                (points + share) * critical / cost(effort));
    }

    private static int cost(@Nullable String effort) {
        return switch (effort == null ? "medium" : effort) {
            case "low" -> 1;
            case "high" -> 4;
            default -> 2;
        };
    }

    /// The score with one rule mended, or as it is. Weight passed of weight decided, rounded down as the engine does.
    private static int score(List<RuleView> rules, @Nullable RuleView mended) {
        int passed = 0;
        int decided = 0;
        for (var rule : rules) {
            boolean passes = rule.equals(mended)
                    || rule.outcome().equals("PASS")
                    || rule.outcome().equals("WARN");
            passed += passes ? rule.weight() : 0;
            decided += passes || rule.fails() ? rule.weight() : 0;
        }
        return decided == 0 ? 0 : 100 * passed / decided;
    }

    /// The highest level below which nothing but the rule stands in the way.
    private static String highest(ResultView result, RuleView rule, List<String> levels) {
        return levels.stream()
                .filter(level -> result.inTheWayOf(level, levels).stream()
                        .allMatch(it -> it.id().equals(rule.id())))
                .reduce((_, higher) -> higher)
                .orElseThrow();
    }
}

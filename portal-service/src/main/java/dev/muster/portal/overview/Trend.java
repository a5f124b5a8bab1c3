package dev.muster.portal.overview;

import dev.muster.portal.scorecard.Distribution;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many entities stood on each level at the end of each day, found from how they stand now by undoing what
/// happened, from the newest day back. Pure.
///
/// @param days the oldest first
/// @param levels from the highest; `none` is last
public record Trend(List<Day> days, List<String> levels) {

    /// The end of a day in UTC; today, it is now.
    public record Day(LocalDate day, Map<String, Integer> levels) {}

    /// What happened on a day, as often as it did.
    ///
    /// @param before level; null where there was none, as `scored` says
    /// @param after level, in the same way
    record Step(
            LocalDate day,
            boolean scoredBefore,
            @Nullable String before,
            boolean scoredAfter,
            @Nullable String after,
            int times) {}

    /// @param steps in any order; those of days before the first one do not count
    static Trend of(Distribution now, List<Step> steps, LocalDate today, int days) {
        var levels = List.copyOf(now.levels().keySet());
        var standing = new LinkedHashMap<>(now.levels());
        var told = new ArrayList<Day>();
        for (var day = today; told.size() < days; day = day.minusDays(1)) {
            told.add(new Day(day, new LinkedHashMap<>(standing)));
            for (var step : steps) {
                if (step.day().equals(day)) {
                    move(standing, step.scoredAfter(), step.after(), -step.times());
                    move(standing, step.scoredBefore(), step.before(), step.times());
                }
            }
        }
        return new Trend(told.reversed(), levels);
    }

    /// A level that the scorecard has lost counts as none, as it does in the distribution. A result that ended without
    /// a transition cannot make less than nobody.
    private static void move(Map<String, Integer> standing, boolean scored, @Nullable String level, int times) {
        if (scored) {
            var known = level != null && standing.containsKey(level) ? level : Distribution.NONE;
            standing.merge(known, times, (a, b) -> Math.max(0, a + b));
        }
    }
}

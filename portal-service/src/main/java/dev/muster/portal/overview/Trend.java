package dev.muster.portal.overview;

import dev.muster.portal.scorecard.Distribution;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many entities stood on each level at the end of each day, found from how they stand now by undoing what
/// happened,
/// from the newest day back. Pure.
///
/// @param days the oldest first
/// @param levels from the highest; `none` is last
public record Trend(List<Day> days, List<String> levels) {

    /// Width and height of the picture.
    static final int WIDTH = 1000;

    static final int HEIGHT = 160;

    /// The end of a day in UTC; today, it is now.
    public record Day(LocalDate day, Map<String, Integer> levels) {

        public int total() {
            return levels.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

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

    /// Whether there is something to see: anybody on any day.
    public boolean isEmpty() {
        return days.stream().allMatch(day -> day.total() == 0);
    }

    /// The bars of the picture, the highest level on top.
    public List<Bar> bars() {
        int most = Math.max(1, days.stream().mapToInt(Day::total).max().orElse(1));
        var bars = new ArrayList<Bar>();
        for (int i = 0; i < days.size(); i++) {
            int left = WIDTH * i / days.size();
            int width = Math.max(1, WIDTH * (i + 1) / days.size() - left - (days.size() > 60 ? 1 : 4));
            int counted = 0;
            for (var level : levels.reversed()) {
                int bottom = HEIGHT * counted / most;
                counted += days.get(i).levels().getOrDefault(level, 0);
                int top = HEIGHT * counted / most;
                if (top > bottom) {
                    bars.add(new Bar(left, HEIGHT - top, width, top - bottom, level));
                }
            }
        }
        return bars;
    }

    /// A part of the picture.
    public record Bar(int x, int y, int width, int height, String level) {}
}

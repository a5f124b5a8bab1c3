package dev.muster.portal.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How a group of results stands.
///
/// @param entities how many results there are
/// @param levels level to how many reached it as their highest, from the highest level; `none` for those below the
/// lowest
/// @param averageScore 0 to 100, rounded
/// @param averageCoverage 0 to 100, rounded
public record Distribution(int entities, Map<String, Integer> levels, int averageScore, int averageCoverage) {

    /// Name for those that reached no level.
    public static final String NONE = "none";

    /// The levels side by side on a bar of a thousand, from the highest; levels that nobody has are left out.
    public List<Segment> segments() {
        var segments = new ArrayList<Segment>();
        int counted = 0;
        for (var level : levels.entrySet()) {
            if (level.getValue() > 0) {
                int from = share(counted);
                counted += level.getValue();
                segments.add(new Segment(level.getKey(), from, share(counted) - from));
            }
        }
        return segments;
    }

    private int share(int count) {
        return Math.round(1000f * count / entities);
    }

    /// A part of the bar.
    public record Segment(String level, int from, int width) {}
}

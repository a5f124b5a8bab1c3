package dev.muster.portal.scorecard;

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

    /// Share of the entities at a level, in thousandths.
    public int permille(String level) {
        return entities == 0 ? 0 : Math.round(1000f * levels.getOrDefault(level, 0) / entities);
    }
}

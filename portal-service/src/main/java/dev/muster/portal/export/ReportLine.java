package dev.muster.portal.export;

import dev.muster.portal.scorecard.GroupBy;
import dev.muster.portal.scorecard.Reports.Group;
import dev.muster.portal.scorecard.ScorecardView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of a report: the group, how many, how many on each level, and averages. Pure.
final class ReportLine {

    private ReportLine() {}

    static @Nullable Object[] header(ScorecardView scorecard, GroupBy groupBy) {
        var cells = new ArrayList<@Nullable Object>(List.of(groupBy.name(), "entities"));
        cells.addAll(scorecard.levels().reversed());
        cells.addAll(List.of("none", "averageScore", "averageCoverage"));
        return cells.toArray();
    }

    static @Nullable Object[] of(Group group) {
        var cells = new ArrayList<@Nullable Object>();
        cells.add(group.group());
        cells.add(group.standing().entities());
        cells.addAll(group.standing().levels().values());
        cells.add(group.standing().averageScore());
        cells.add(group.standing().averageCoverage());
        return cells.toArray();
    }
}

package dev.muster.portal.initiative;

import dev.muster.portal.initiative.BurnUp.Point;
import dev.muster.portal.initiative.InitiativeApi.BurnUpView;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A day of a burn-up beside an even pace towards the due day. Pure.
///
/// @param due whether it is the last day before it is overdue
/// @param done null on a day that is yet to come
/// @param total null on a day that is yet to come
/// @param evenly how many would be done at an even pace from nobody on the first day that is told to everybody
///     of now on the due day, to a tenth
record BurnUpRow(
        LocalDate day,
        boolean due,
        @Nullable Integer done,
        @Nullable Integer total,
        double evenly) {

    /// The newest first; the due day is there although it has yet to come.
    static List<BurnUpRow> of(BurnUpView view) {
        var points = view.points();
        if (points.isEmpty()) {
            return List.of();
        }
        var pace = new Pace(
                points.getFirst().day(),
                LocalDate.ofInstant(view.due().minusMillis(1), ZoneOffset.UTC),
                points.getLast().total());
        var rows = new ArrayList<BurnUpRow>();
        if (pace.due().isAfter(points.getLast().day())) {
            rows.add(pace.row(pace.due(), null, null));
        }
        for (Point point : points.reversed()) {
            rows.add(pace.row(point.day(), point.done(), point.total()));
        }
        return rows;
    }

    private record Pace(LocalDate first, LocalDate due, int everybody) {

        BurnUpRow row(LocalDate day, @Nullable Integer done, @Nullable Integer total) {
            return new BurnUpRow(day, day.equals(due), done, total, Math.round(10 * at(day)) / 10.0);
        }

        private double at(LocalDate day) {
            return day.isBefore(due)
                    ? 1.0 * everybody * ChronoUnit.DAYS.between(first, day) / ChronoUnit.DAYS.between(first, due)
                    : everybody;
        }
    }
}

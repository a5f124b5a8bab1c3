package dev.muster.portal.initiative;

import dev.muster.portal.initiative.BurnUp.Point;
import dev.muster.portal.initiative.InitiativeApi.BurnUpView;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToIntFunction;

/// A burn-up as a picture: how many were done at the end of each day, of how many, and how many should have been. Pure.
///
/// @param done data of the line of those that are done
/// @param area the same, closed at the foot
/// @param total data of the line of all of them
/// @param ideal data of the line from nobody at the beginning to everybody when it is due
/// @param due where the due day is
/// @param first the first day
/// @param last the last day
record BurnUpChart(String done, String area, String total, String ideal, int due, LocalDate first, LocalDate last) {

    static final int WIDTH = 1000;
    static final int HEIGHT = 200;

    /// @param view with at least one point
    static BurnUpChart of(BurnUpView view) {
        var points = view.points();
        var first = points.getFirst().day();
        var due = LocalDate.ofInstant(view.due().minusMillis(1), ZoneOffset.UTC);
        var today = points.getLast().day();
        var last = today.isAfter(due) ? today : due;
        var axes = new Axes(
                first,
                Math.max(1, ChronoUnit.DAYS.between(first, last)),
                Math.max(1, points.stream().mapToInt(Point::total).max().orElse(1)));
        var done = axes.line(points, Point::done);
        var everybody = points.getLast().total();
        return new BurnUpChart(
                done,
                "%s V%d H%d Z".formatted(done, HEIGHT, axes.x(first)),
                axes.line(points, Point::total),
                "M0 %d L%d %d".formatted(HEIGHT, axes.x(due), axes.y(everybody)),
                axes.x(due),
                first,
                last);
    }

    private record Axes(LocalDate first, long days, int most) {

        int x(LocalDate day) {
            return (int) Math.max(0, WIDTH * ChronoUnit.DAYS.between(first, day) / days);
        }

        int y(int number) {
            return HEIGHT - HEIGHT * number / most;
        }

        String line(List<Point> points, ToIntFunction<Point> number) {
            var path = new StringBuilder();
            for (var point : points) {
                path.append(path.isEmpty() ? "M" : " L")
                        .append(x(point.day()))
                        .append(' ')
                        .append(y(number.applyAsInt(point)));
            }
            return path.toString();
        }
    }
}

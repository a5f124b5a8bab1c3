package dev.muster.portal.overview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where groups of entities stand in each dimension of a scorecard. Pure.
///
/// @param dimensions columns, sorted; the one of rules without a dimension is last, as the empty text
/// @param rows worst group first, by what is shown
public record HeatMap(List<String> dimensions, List<Row> rows) {

    /// The name of a group or dimension that has none.
    static final String NONE = "";

    /// Behind every value.
    private static final double UNDECIDED = 101;

    /// What a cell tells.
    public enum Show {
        /// How many of the decided rules pass, in percent.
        rate("Pass rate", "passed of what is decided"),
        /// The average over the entities of their score in the dimension.
        mean("Mean", "average score of the entities"),
        /// The score of the entity that is worst off.
        worst("Worst", "score of the worst entity");

        private final String title;
        private final String meaning;

        Show(String title, String meaning) {
            this.title = title;
            this.meaning = meaning;
        }

        public String title() {
            return title;
        }

        public String meaning() {
            return meaning;
        }
    }

    /// A group in a dimension.
    ///
    /// @param entities that have rules in it
    /// @param passed rules that pass, over all entities
    /// @param failed rules that fail or are broken
    /// @param undecided rules that are unknown or stale
    /// @param mean average score of the entities that have one, 0 to 100; null when nothing is decided
    /// @param worst lowest of those scores
    public record Cell(
            int entities,
            int passed,
            int failed,
            int undecided,
            @Nullable Integer mean,
            @Nullable Integer worst) {

        /// What it tells, 0 to 100; null when nothing is decided.
        public @Nullable Integer value(Show show) {
            return switch (show) {
                case rate -> passed + failed == 0 ? null : 100 * passed / (passed + failed);
                case mean -> mean;
                case worst -> worst;
            };
        }

        /// Class of its colour: `heat-0`, of the worst, to `heat-4`, of those that are complete.
        public String tone(Show show) {
            var value = value(show);
            if (value == null) {
                return "heat-none";
            }
            return "heat-" + (value == 100 ? 4 : value >= 90 ? 3 : value >= 75 ? 2 : value >= 50 ? 1 : 0);
        }
    }

    /// A group with its cells by dimension; a dimension that asks nothing of it is missing.
    ///
    /// @param group its reference; null for entities without one
    public record Row(@Nullable String group, Map<String, Cell> cells) {

        /// What its cells tell all together, 0 to 100; above that when nothing is decided.
        double value(Show show) {
            return switch (show) {
                case rate -> {
                    double passed =
                            cells.values().stream().mapToInt(Cell::passed).sum();
                    int failed = cells.values().stream().mapToInt(Cell::failed).sum();
                    yield passed + failed == 0 ? UNDECIDED : 100 * passed / (passed + failed);
                }
                case mean -> {
                    int entities = 0;
                    double scores = 0;
                    for (var cell : cells.values()) {
                        var mean = cell.mean();
                        entities += mean == null ? 0 : cell.entities();
                        scores += mean == null ? 0 : (double) mean * cell.entities();
                    }
                    yield entities == 0 ? UNDECIDED : scores / entities;
                }
                case worst ->
                    cells.values().stream()
                            .mapToDouble(cell -> cell.worst() == null ? UNDECIDED : cell.worst())
                            .min()
                            .orElse(UNDECIDED);
            };
        }
    }

    /// What was counted of one group in one dimension.
    record Count(String group, String dimension, Cell cell) {}

    static HeatMap of(List<Count> counts) {
        var dimensions = new TreeSet<>(
                Comparator.comparing((String it) -> it.equals(NONE)).thenComparing(Comparator.naturalOrder()));
        var groups = new LinkedHashMap<String, Map<String, Cell>>();
        for (var count : counts) {
            dimensions.add(count.dimension());
            groups.computeIfAbsent(count.group(), _ -> new LinkedHashMap<>()).put(count.dimension(), count.cell());
        }
        var rows = new ArrayList<Row>();
        groups.forEach((group, cells) -> rows.add(new Row(group.equals(NONE) ? null : group, cells)));
        return new HeatMap(List.copyOf(dimensions), rows).by(Show.rate);
    }

    /// The same with the worst group first by what is shown; by the pass rate where that is equal.
    HeatMap by(Show show) {
        var order = Comparator.comparingDouble((Row row) -> row.value(show))
                .thenComparingDouble(row -> row.value(Show.rate))
                .thenComparing(row -> row.group() == null ? NONE : row.group());
        return new HeatMap(dimensions, rows.stream().sorted(order).toList());
    }

    /// The first rows only.
    HeatMap first(int most) {
        return new HeatMap(dimensions, rows.subList(0, Math.min(most, rows.size())));
    }
}

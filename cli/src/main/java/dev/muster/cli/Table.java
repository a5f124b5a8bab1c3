package dev.muster.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Columns that are as wide as they must be.
final class Table {

    /// @param cell what stands there of an item
    private record Column(String head, Function<JsonNode, String> cell) {}

    private final List<Column> columns = new ArrayList<>();

    /// Adds a column for a member of the items.
    Table with(String head, String member) {
        return with(head, item -> Json.text(item, member, "-"));
    }

    /// Adds a column for something that is made of the items.
    Table with(String head, Function<JsonNode, String> cell) {
        columns.add(new Column(head, cell));
        return this;
    }

    void print(Iterable<JsonNode> items, PrintWriter out) {
        var rows = new ArrayList<List<String>>();
        rows.add(columns.stream().map(Column::head).toList());
        items.forEach(item ->
                rows.add(columns.stream().map(it -> it.cell().apply(item)).toList()));
        for (var row : rows) {
            var line = new StringBuilder();
            for (var column = 0; column < row.size(); column++) {
                line.append(row.get(column))
                        .append(" ".repeat(width(rows, column) - row.get(column).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}

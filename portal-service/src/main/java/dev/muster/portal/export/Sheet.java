package dev.muster.portal.export;

import dev.muster.portal.paging.Slice;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A file of a list: its name, and the columns with what each tells of an item.
final class Sheet<T> {

    private final String name;
    private final List<String> heads = new ArrayList<>();
    private final List<Function<? super T, ? extends @Nullable Object>> cells = new ArrayList<>();

    Sheet(String name) {
        this.name = name;
    }

    /// Adds a column.
    ///
    /// @param cell null is an empty one; a collection is joined by spaces
    Sheet<T> column(String head, Function<? super T, ? extends @Nullable Object> cell) {
        heads.add(head);
        cells.add(cell);
        return this;
    }

    /// Writes a list, piece by piece. What is wrong with the question is said before the first byte.
    ///
    /// @param read the piece at a cursor; the first one at null
    void write(HttpServletResponse response, Function<@Nullable String, Slice<T>> read) throws IOException {
        var piece = read.apply(null);
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"muster-%s.csv\"".formatted(name));
        var out = response.getWriter();
        out.write(Csv.line(heads.toArray()));
        while (true) {
            for (var item : piece.items()) {
                out.write(Csv.line(cells.stream().map(cell -> cell.apply(item)).toArray()));
            }
            if (piece.next() == null) {
                break;
            }
            piece = read.apply(piece.next());
        }
        out.flush();
    }

    /// Writes a list that is read as a whole.
    void write(HttpServletResponse response, List<T> items) throws IOException {
        write(response, _ -> new Slice<>(items, null));
    }
}

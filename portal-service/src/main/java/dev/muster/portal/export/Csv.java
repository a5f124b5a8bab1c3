package dev.muster.portal.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of a file by RFC 4180. Pure.
///
/// What a spreadsheet would take for a formula begins with an apostrophe, because strangers write some of the texts.
final class Csv {

    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");
    private static final Pattern SPECIAL = Pattern.compile("[\",\\r\\n]");

    private Csv() {}

    /// @param cells null is an empty one; a collection is joined by spaces
    static String line(@Nullable Object... cells) {
        var written = new ArrayList<String>(cells.length);
        for (var cell : cells) {
            written.add(cell(cell));
        }
        return String.join(",", written) + "\r\n";
    }

    private static String cell(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        var text = cell instanceof Collection<?> many
                ? String.join(" ", many.stream().map(String::valueOf).toList())
                : cell.toString();
        var safe = FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
        return SPECIAL.matcher(safe).find() ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}

package dev.muster.engine.definition;

import java.util.Locale;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/// How a scalar was written, to find the place in the file of a character of its value.
///
/// Value and source hold the same visible characters in the same order; only white space, quotes and escapes
/// differ. So both are walked together: white space of the source that the value lacks is indentation or
/// folding.
final class ScalarSource {

    private final int[] file;
    private final int start;
    private final ScalarStyle style;

    ScalarSource(int[] file, int start, ScalarStyle style) {
        this.file = file;
        this.start = start;
        this.style = style;
    }

    static Object integer(String text) {
        var digits = text.toLowerCase(Locale.ROOT);
        try {
            if (digits.startsWith("0x")) {
                return Long.parseLong(digits.substring(2), 16);
            }
            return digits.startsWith("0o") ? Long.parseLong(digits.substring(2), 8) : Long.parseLong(digits);
        } catch (NumberFormatException _) {
            return text; // beyond 64 bits: whoever asked for an int says so
        }
    }

    static double decimal(String text) {
        var number = text.toLowerCase(Locale.ROOT);
        if (number.endsWith(".nan")) {
            return Double.NaN;
        }
        if (number.endsWith(".inf")) {
            return number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.parseDouble(number);
    }

    Place placeOf(Place scalar, String text, int line, int column) {
        var value = text.codePoints().toArray();
        var wanted = offset(value, line, column);
        var at = switch (style) {
            case LITERAL, FOLDED -> afterHeader();
            case DOUBLE_QUOTED, SINGLE_QUOTED -> start + 1;
            case PLAIN, JSON_SCALAR_STYLE -> start;
        };
        for (var i = 0; i <= wanted && at < file.length; i++) {
            at = i < value.length && isBlank(value[i]) && style != ScalarStyle.DOUBLE_QUOTED
                    ? at
                    : skipBlanks(at, i, value);
            if (i == wanted) {
                break;
            }
            at = next(at, value[i]);
        }
        return inFile(scalar, Math.min(at, file.length));
    }

    private static int offset(int[] value, int line, int column) {
        var offset = 0;
        for (var l = 1; l < line && offset < value.length; offset++) {
            if (value[offset] == '\n') {
                l++;
            }
        }
        return Math.min(offset + Math.max(column, 0), value.length);
    }

    /// White space of the source that is not of the value: indentation, folded line ends.
    private int skipBlanks(int from, int i, int[] value) {
        var at = from;
        if (i < value.length && isBlank(value[i])) {
            return at;
        }
        while (at < file.length && isBlank(file[at])) {
            at++;
        }
        if (style == ScalarStyle.DOUBLE_QUOTED && at + 1 < file.length && file[at] == '\\' && isBlank(file[at + 1])) {
            return skipBlanks(at + 1, i, value); // an escaped line end
        }
        return at;
    }

    /// After the source of one character of the value.
    private int next(int at, int character) {
        if (style == ScalarStyle.DOUBLE_QUOTED && file[at] == '\\' && at + 1 < file.length) {
            return at
                    + switch (file[at + 1]) {
                        case 'x' -> 4;
                        case 'u' -> 6;
                        case 'U' -> 10;
                        default -> 2;
                    };
        }
        if (style == ScalarStyle.SINGLE_QUOTED && character == '\'') {
            return at + 2;
        }
        return isBlank(character) && !isBlank(file[at]) ? at : at + 1;
    }

    private int afterHeader() {
        var at = start;
        while (at < file.length && file[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, file.length);
    }

    private Place inFile(Place scalar, int index) {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < index; i++) {
            if (file[i] == '\n' || (file[i] == '\r' && (i + 1 >= file.length || file[i + 1] != '\n'))) {
                line++;
                lineStart = i + 1;
            }
        }
        return scalar.at(line, index - lineStart + 1);
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}

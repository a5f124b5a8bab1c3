package dev.muster.engine.rule;

import static dev.muster.engine.rule.RuleExplanation.LONGEST_VALUE;

import com.google.common.primitives.UnsignedLong;
import dev.muster.engine.definition.DurationText;
import dev.muster.engine.fact.FactReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes values as the language of rules writes them, as far as it can; bounded in length.
final class ValueText {

    private static final String MORE = "…";
    private static final int LONGEST_TEXT = 100;
    private static final int MOST_ITEMS = 8;
    private static final int MOST_FIELDS = 12;
    private static final int DEEPEST = 3;

    private ValueText() {}

    static String of(Object value) {
        return cut(text(value, 0), LONGEST_VALUE);
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = longest - MORE.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + MORE;
    }

    private static String text(Object value, int depth) {
        return switch (value) {
            case String text -> quoted(text);
            case Instant time -> "timestamp('" + time + "')";
            case Duration span -> "duration('" + DurationText.format(span) + "')";
            case UnsignedLong number -> number + "u";
            case StructureValue structure -> fields(structure.fields(), depth);
            case FactReading.Item item -> fields(item.fields(), depth);
            case Map<?, ?> map -> fields(map, depth);
            case Collection<?> list -> list(list, depth);
            case Optional<?> some ->
                some.map(it -> "optional.of(" + text(it, depth) + ")").orElse("optional.none()");
            case AllFacts _ -> "facts";
            default -> cut(String.valueOf(value), LONGEST_TEXT);
        };
    }

    static String quoted(String text) {
        return "'"
                + cut(text, LONGEST_TEXT)
                        .replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + "'";
    }

    private static String list(Collection<?> list, int depth) {
        if (depth == DEEPEST && !list.isEmpty()) {
            return "[" + MORE + "]";
        }
        var text = new StringBuilder("[");
        var written = 0;
        for (var item : list) {
            if (written == MOST_ITEMS) {
                text.append(", ")
                        .append(MORE)
                        .append(' ')
                        .append(list.size() - written)
                        .append(" more");
                break;
            }
            text.append(written++ == 0 ? "" : ", ").append(text(item, depth + 1));
        }
        return text.append(']').toString();
    }

    private static String fields(Map<?, ?> map, int depth) {
        if (depth == DEEPEST && !map.isEmpty()) {
            return "{" + MORE + "}";
        }
        var sorted = new TreeMap<String, Object>();
        map.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        var text = new StringBuilder("{");
        var written = 0;
        for (var field : sorted.entrySet()) {
            if (written == MOST_FIELDS) {
                text.append(", ").append(MORE);
                break;
            }
            text.append(written++ == 0 ? "" : ", ")
                    .append(cut(field.getKey(), LONGEST_TEXT))
                    .append(": ")
                    .append(text(field.getValue(), depth + 1));
        }
        return text.append('}').toString();
    }
}

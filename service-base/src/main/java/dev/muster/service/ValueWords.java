package dev.muster.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Says in words what a cause carries as JSON: what a value was before and what it is now. Pure, and never throws.
///
/// Values of causes are cut to a length and are then no longer JSON: what can be read from the front is said.
public final class ValueWords {

    /// Characters of an answer, at most.
    public static final int LONGEST = 200;

    private static final int LONGEST_VALUE = 60;
    private static final int MOST_FIELDS = 3;
    private static final int MOST_ENTRIES = 5;
    private static final String CUT = "…";
    private static final String ARROW = " → ";

    /// Fields that tell most about an item, whatever it is: they come first.
    private static final List<String> TELLING = List.of(
            "severity",
            "state",
            "status",
            "conclusion",
            "validity",
            "enforcement",
            "package",
            "name",
            "title",
            "rule",
            "type",
            "id");

    private static final JsonFactory JSON = new JsonFactory();

    private ValueWords() {}

    private sealed interface Value {

        /// Fields in the order in which they are said.
        ///
        /// @param whole false when the text was cut, so that more fields may have stood there
        record Fields(Map<String, String> texts, boolean whole) implements Value {}

        record Single(String text) implements Value {}
    }

    /// What became of a value, such as `severity low → critical`, `new: severity critical, package left-pad`,
    /// `gone: state open`, `false → true` or `1 item → 2 items`.
    ///
    /// @param before as the cause has it, null when there was none
    /// @param after as the cause has it, null when there is none
    public static String change(@Nullable String before, @Nullable String after) {
        var was = before == null ? null : read(before);
        var now = after == null ? null : read(after);
        if (was == null && now instanceof Value.Fields fields) {
            return cut("new: " + text(fields), LONGEST);
        }
        if (now == null && was instanceof Value.Fields fields) {
            return cut("gone: " + text(fields), LONGEST);
        }
        if (was instanceof Value.Fields old && now instanceof Value.Fields current) {
            var changes = changes(old, current);
            return cut(changes.isEmpty() ? text(current) : list(changes), LONGEST);
        }
        var from = was == null ? "none" : text(was);
        var to = now == null ? "none" : text(now);
        var side = (LONGEST - ARROW.length()) / 2;
        return from.equals(to) ? cut(to, LONGEST) : cut(from, side) + ARROW + cut(to, side);
    }

    private static List<String> changes(Value.Fields old, Value.Fields current) {
        var names = new ArrayList<>(current.texts().keySet());
        old.texts().keySet().stream().filter(it -> !names.contains(it)).forEach(names::add);
        names.sort(Comparator.comparingInt(ValueWords::rank));
        var changes = new ArrayList<String>();
        for (var name : names) {
            var was = old.texts().get(name);
            var now = current.texts().get(name);
            var seen = (was != null || old.whole()) && (now != null || current.whole());
            if (seen && (was == null || !was.equals(now))) {
                changes.add(words(name) + " " + (was == null ? "none" : was) + ARROW + (now == null ? "none" : now));
            }
        }
        return changes;
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Single(var text) -> text;
            case Value.Fields fields when fields.texts().isEmpty() -> "no fields";
            case Value.Fields fields ->
                list(fields.texts().entrySet().stream()
                        .map(it -> words(it.getKey()) + " " + it.getValue())
                        .toList());
        };
    }

    private static String list(List<String> parts) {
        return String.join(", ", parts.subList(0, Math.min(parts.size(), MOST_FIELDS)))
                + (parts.size() > MOST_FIELDS ? ", " + CUT : "");
    }

    /// `fixAvailable` as `fix available`.
    private static String words(String name) {
        return cut(name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT), LONGEST_VALUE);
    }

    private static int rank(String name) {
        var rank = TELLING.indexOf(name);
        return rank < 0 ? TELLING.size() : rank;
    }

    // ---- reading what may be cut

    private static Value read(String text) {
        try (var json = JSON.createParser(ObjectReadContext.empty(), text)) {
            return switch (json.nextToken()) {
                case START_OBJECT -> fields(json);
                case START_ARRAY -> new Value.Single(array(json));
                case VALUE_STRING -> new Value.Single(json.getString());
                case null, default -> new Value.Single(text);
            };
        } catch (JacksonException _) {
            return new Value.Single(text);
        }
    }

    private static Value.Fields fields(JsonParser json) {
        var read = new LinkedHashMap<String, String>();
        var name = "";
        try {
            for (var token = json.nextToken(); token == JsonToken.PROPERTY_NAME; token = json.nextToken()) {
                name = json.currentName();
                json.nextToken();
                read.put(name, fieldText(json));
            }
            return new Value.Fields(inOrder(read), true);
        } catch (JacksonException _) {
            read.remove(name); // a number may have had more digits
            return new Value.Fields(inOrder(read), false);
        }
    }

    private static Map<String, String> inOrder(Map<String, String> read) {
        var ordered = new LinkedHashMap<String, String>();
        read.keySet().stream()
                .sorted(Comparator.comparingInt(ValueWords::rank))
                .forEach(it -> ordered.put(it, read.getOrDefault(it, "")));
        return ordered;
    }

    private static String fieldText(JsonParser json) {
        return cut(
                switch (json.currentToken()) {
                    case START_ARRAY -> array(json);
                    case START_OBJECT -> {
                        json.skipChildren();
                        yield CUT;
                    }
                    default -> json.getString();
                },
                LONGEST_VALUE);
    }

    /// `(a, b)`.
    private static String array(JsonParser json) {
        var entries = new ArrayList<String>();
        var more = false;
        for (var token = json.nextToken(); token != JsonToken.END_ARRAY && token != null; token = json.nextToken()) {
            json.skipChildren();
            more |= entries.size() == MOST_ENTRIES;
            if (entries.size() < MOST_ENTRIES) {
                entries.add(token.isScalarValue() ? json.getString() : CUT);
            }
        }
        return "(" + String.join(", ", entries) + (more ? ", " + CUT : "") + ")";
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + CUT;
    }
}

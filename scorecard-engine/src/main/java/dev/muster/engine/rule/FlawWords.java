package dev.muster.engine.rule;

import dev.cel.common.types.CelType;
import dev.muster.engine.definition.Nearest;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Says what CEL's checker found in the words of those who write rules, with what was probably meant.
final class FlawWords {

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern UNDEFINED = Pattern.compile("undefined field '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern NO_OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    private final FactTypes types;
    private final boolean readsFacts;
    private final Set<String> params;

    FlawWords(FactTypes types, boolean readsFacts, Set<String> params) {
        this.types = types;
        this.readsFacts = readsFacts;
        this.params = params;
    }

    String of(String message, String source) {
        var undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            return unknownName(undeclared.group(1), source);
        }
        var undefined = UNDEFINED.matcher(message);
        if (undefined.matches()) {
            var field = undefined.group(1);
            return "unknown field '" + field + "'" + Nearest.hint(field, fieldsIn(source));
        }
        var overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            return operator(overload.group(1)) + " cannot be applied to " + plain(overload.group(2));
        }
        return plain(firstLine(message));
    }

    private String unknownName(String name, String source) {
        if (name.equals("now")) {
            return "there is no 'now'; time enters through within(timestamp, duration) and overdue(timestamp, duration)";
        }
        if (!readsFacts && (types.facts().contains(name) || name.equals("facts"))) {
            return "'" + name + "' is not known here; appliesTo reads only entity and params";
        }
        if (Pattern.compile("\\b" + Pattern.quote(name) + "\\s*\\(")
                .matcher(source)
                .find()) {
            return "unknown function '" + name + "'" + Nearest.hint(name, RuleFunctions.names());
        }
        var known = new ArrayList<String>();
        known.add("entity");
        known.add("params");
        if (readsFacts) {
            known.addAll(types.facts());
        }
        return "unknown fact '" + name + "'" + Nearest.hint(name, known);
    }

    /// Fields of everything that the expression mentions.
    private Set<String> fieldsIn(String source) {
        var fields = new TreeSet<String>(params);
        var words = IDENTIFIER.matcher(source);
        while (words.find()) {
            fields.addAll(types.fieldsOf(words.group()));
        }
        return fields;
    }

    private static String operator(String function) {
        return function.startsWith("_") || function.startsWith("!") || function.startsWith("@")
                ? "'" + function.replace("_", "").replace("@", "") + "'"
                : "'" + function + "'";
    }

    static String typeName(CelType type) {
        return plain(type.name());
    }

    /// Without the names that CEL gives to types of protocol buffers and we to ours.
    private static String plain(String text) {
        return text.replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration")
                .replace("muster.", "");
    }

    static String firstLine(String message) {
        var line = message.lines().findFirst().orElse("").strip();
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}

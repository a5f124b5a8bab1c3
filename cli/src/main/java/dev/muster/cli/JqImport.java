package dev.muster.cli;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says in CEL what a simple filter of jq says.
///
/// What jq gives as null is nothing in CEL: an optional without a value. A stream (`.items[]`) becomes a
/// list. Everything that is not listed in [#SUPPORTED] is refused, with its column: half a translation would
/// be a wrong mapping.
final class JqImport {

    static final String SUPPORTED = """
            Supported are paths (.a.b, ."a b", ["a"], [0], []), .a // .b // "default", |, [ .a[] ], map(…)
            and select(.a == "x"), with ==, !=, numbers, texts in quotes, true, false and null.""";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");
    private static final Pattern STRING = Pattern.compile("\"([^\"\\\\\\p{Cntrl}]*)\"");

    /// Words that CEL keeps for itself.
    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    private enum Kind {
        PLAIN,
        OPTIONAL,
        STREAM
    }

    /// A part of the translation.
    ///
    /// @param text CEL; of a stream a list
    private record Value(String text, Kind kind) {

        String asList() {
            return kind == Kind.OPTIONAL ? text + ".orValue([])" : text;
        }

        String asOptional() {
            return kind == Kind.OPTIONAL ? text : "optional.of(" + text + ")";
        }
    }

    private final String jq;
    private int at;
    private int names;

    private JqImport(String jq) {
        this.jq = jq;
    }

    /// The CEL of a filter.
    ///
    /// @param root name of the variable that `.` is
    /// @throws Failure when it is more than this understands
    static String cel(String jq, String root) {
        var translation = new JqImport(jq);
        var value = translation.alternatives(new Value(root, Kind.PLAIN));
        translation.skipSpace();
        if (translation.at < jq.length()) {
            throw translation.unsupported();
        }
        return value.text();
    }

    private Failure unsupported() {
        skipSpace();
        var rest = jq.substring(Math.min(at, jq.length()));
        return Failure.refused("jq, column %d: cannot say %s in CEL%n%s"
                .formatted(at + 1, rest.isEmpty() ? "an end here" : "'" + rest + "'", SUPPORTED));
    }

    /// `a // b // "c"`, and before that pipes.
    private Value alternatives(Value input) {
        var value = pipe(input);
        while (takes("//")) {
            if (value.kind() == Kind.STREAM) {
                throw unsupported();
            }
            var literal = literal();
            if (literal != null) {
                value = value.kind() == Kind.OPTIONAL
                        ? new Value(value.text() + ".orValue(" + literal + ")", Kind.PLAIN)
                        : value;
            } else {
                var other = pipe(input);
                if (other.kind() == Kind.STREAM) {
                    throw unsupported();
                }
                value = value.kind() == Kind.PLAIN
                        ? value
                        : new Value(value.text() + ".or(" + other.asOptional() + ")", Kind.OPTIONAL);
            }
        }
        return value;
    }

    private Value pipe(Value input) {
        var value = term(input);
        while (takes("|")) {
            value = term(value);
        }
        return value;
    }

    private Value term(Value input) {
        skipSpace();
        if (takes("select(")) {
            return select(input);
        }
        if (takes("map(")) {
            return map(input);
        }
        if (peek() == '[') {
            return collect(input);
        }
        if (peek() != '.') {
            throw unsupported();
        }
        return path(input);
    }

    private Value path(Value input) {
        var value = input;
        var first = true;
        while (true) {
            if (peek() == '.') {
                at++;
                var name = name();
                if (name != null) {
                    value = field(value, name);
                } else if (peek() != '[') {
                    if (!first) {
                        throw unsupported();
                    }
                    return value;
                }
            } else if (peek() == '[') {
                value = bracket(value);
            } else if (peek() == '?') {
                at++; // what is absent is no error here anyway
            } else {
                return value;
            }
            first = false;
        }
    }

    private Value bracket(Value value) {
        at++;
        var name = name();
        if (name != null) {
            expect("]");
            return field(value, name);
        }
        if (takes("]")) {
            // what holds lists within lists is read as 'items', one by one
            if (value.kind() == Kind.STREAM) {
                throw unsupported();
            }
            return new Value(value.asList(), Kind.STREAM);
        }
        var digits = NUMBER.matcher(jq).region(at, jq.length());
        if (!digits.lookingAt()
                || digits.group().startsWith("-")
                || digits.group().contains(".")) {
            throw unsupported();
        }
        at = digits.end();
        expect("]");
        return chained(value, "[?" + digits.group() + "]");
    }

    /// A name after a dot, or a text in brackets or quotes; null when there is none.
    private @Nullable String name() {
        var quoted = STRING.matcher(jq).region(at, jq.length());
        if (quoted.lookingAt()) {
            at = quoted.end();
            return quoted.group(1);
        }
        var name = NAME.matcher(jq).region(at, jq.length());
        if (at > 0 && jq.charAt(at - 1) == '.' && name.lookingAt()) {
            at = name.end();
            return name.group();
        }
        return null;
    }

    private Value field(Value value, String name) {
        var simple = NAME.matcher(name).matches() && !RESERVED.contains(name);
        return chained(value, simple ? ".?" + name : "[?" + text(name) + "]");
    }

    private Value chained(Value value, String step) {
        if (value.kind() != Kind.STREAM) {
            return new Value(value.text() + step, Kind.OPTIONAL);
        }
        var element = fresh();
        var inner = element + step;
        return new Value(
                "%s.map(%s, %s.hasValue(), %s.value())".formatted(value.text(), element, inner, inner), Kind.STREAM);
    }

    private Value select(Value input) {
        if (input.kind() == Kind.STREAM) {
            var element = fresh();
            return new Value(
                    "%s.filter(%s, %s)".formatted(input.text(), element, condition(new Value(element, Kind.PLAIN))),
                    Kind.STREAM);
        }
        if (input.kind() == Kind.OPTIONAL) {
            var element = fresh();
            var condition = condition(new Value(element, Kind.PLAIN));
            return new Value(
                    "%s.optFlatMap(%s, %s ? optional.of(%s) : optional.none())"
                            .formatted(input.text(), element, condition, element),
                    Kind.OPTIONAL);
        }
        return new Value(
                "(%s ? optional.of(%s) : optional.none())".formatted(condition(input), input.text()), Kind.OPTIONAL);
    }

    /// What stands in `select(…)`, with the bracket that closes it.
    private String condition(Value input) {
        var left = term(input);
        var operator = takes("==") ? "==" : takes("!=") ? "!=" : "";
        var literal = operator.isEmpty() ? null : literal();
        if (left.kind() == Kind.STREAM || literal == null) {
            throw unsupported();
        }
        expect(")");
        var same = literal.equals("null")
                ? "!%s.hasValue()".formatted(left.asOptional())
                : "%s.optMap(v, v == %s).orValue(false)".formatted(left.asOptional(), literal);
        return operator.equals("==") ? same : "!(" + same + ")";
    }

    private Value map(Value input) {
        if (input.kind() == Kind.STREAM) {
            throw unsupported();
        }
        var element = fresh();
        var made = alternatives(new Value(element, Kind.PLAIN));
        expect(")");
        return switch (made.kind()) {
            case PLAIN -> new Value("%s.map(%s, %s)".formatted(input.asList(), element, made.text()), Kind.PLAIN);
            case OPTIONAL ->
                new Value(
                        "%s.map(%s, %s.hasValue(), %s.value())"
                                .formatted(input.asList(), element, made.text(), made.text()),
                        Kind.PLAIN);
            case STREAM -> throw unsupported();
        };
    }

    private Value collect(Value input) {
        at++;
        var only = alternatives(input);
        expect("]");
        return switch (only.kind()) {
            case STREAM -> new Value(only.text(), Kind.PLAIN);
            case PLAIN -> new Value("[" + only.text() + "]", Kind.PLAIN);
            case OPTIONAL -> new Value("[?" + only.text() + "]", Kind.PLAIN);
        };
    }

    /// A literal in CEL; null when there is none here.
    private @Nullable String literal() {
        skipSpace();
        var quoted = STRING.matcher(jq).region(at, jq.length());
        if (quoted.lookingAt()) {
            at = quoted.end();
            return text(quoted.group(1));
        }
        var number = NUMBER.matcher(jq).region(at, jq.length());
        if (number.lookingAt()) {
            at = number.end();
            return number.group();
        }
        for (var word : List.of("true", "false", "null", "[]", "{}")) {
            if (takes(word)) {
                return word;
            }
        }
        return null;
    }

    private static String text(String said) {
        return "'" + said.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private String fresh() {
        names++;
        return names == 1 ? "e" : "e" + names;
    }

    private char peek() {
        return at < jq.length() ? jq.charAt(at) : 0;
    }

    private boolean takes(String token) {
        skipSpace();
        if (!jq.startsWith(token, at) || (token.equals("|") && jq.startsWith("|=", at))) {
            return false;
        }
        at += token.length();
        return true;
    }

    private void expect(String token) {
        if (!takes(token)) {
            throw unsupported();
        }
    }

    private void skipSpace() {
        while (at < jq.length() && Character.isWhitespace(jq.charAt(at))) {
            at++;
        }
    }
}

package dev.muster.engine.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Regular expressions, which are RE2's: linear in the text, without back references. Bounded before they are compiled,
/// because `((a{1000}){1000}){1000}` fills the memory while it is.
final class Regexes {

    private static final int MAX_CHARACTERS = 500;

    /// Instructions of a compiled expression, about.
    private static final int MAX_SIZE = 5_000;

    /// `matches()` as CEL has it: true where the expression fits any part of the text.
    static final Collection<CelFunctionBinding> BINDINGS = CelFunctionBinding.fromOverloads(
            "matches",
            CelFunctionBinding.from("matches", String.class, String.class, Regexes::matches),
            CelFunctionBinding.from("matches_string", String.class, String.class, Regexes::matches));

    /// Compiled ones, so that a loop does not compile the same one again for every item.
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Regexes() {}

    static Optional<String> mistake(String regex) {
        if (regex.length() > MAX_CHARACTERS) {
            return Optional.of("the regular expression has more than " + MAX_CHARACTERS + " characters");
        }
        if (new Size(regex).isTooLarge()) {
            return Optional.of(
                    "'" + regex + "' repeats too much: written out, it has more than " + MAX_SIZE + " parts");
        }
        try {
            Pattern.compile(regex);
            return Optional.empty();
        } catch (PatternSyntaxException wrong) {
            return Optional.of("'" + regex + "' is not a regular expression of RE2: " + wrong.getDescription());
        }
    }

    private static boolean matches(String text, String regex) {
        Steps.read(text);
        return pattern(regex).matcher(text).find();
    }

    private static Pattern pattern(String regex) {
        var known = PATTERNS.get(regex);
        if (known != null) {
            return known;
        }
        mistake(regex).ifPresent(mistake -> {
            throw new IllegalArgumentException(mistake);
        });
        var pattern = Pattern.compile(regex);
        if (PATTERNS.size() < 1_000) {
            PATTERNS.put(regex, pattern);
        }
        return pattern;
    }

    /// How large an expression becomes when its repetitions are written out. Reads only as much of the grammar as that
    /// takes, and errs upwards.
    private static final class Size {

        private final String regex;
        private int at;

        Size(String regex) {
            this.regex = regex;
        }

        boolean isTooLarge() {
            var size = 0L;
            while (at < regex.length()) { // once, but for a bracket too many, which does not compile
                size += group();
            }
            return size > MAX_SIZE;
        }

        /// Up to the end of a group, which is passed over, or of all.
        private long group() {
            var size = 2L;
            var last = 0L;
            while (at < regex.length()) {
                var character = regex.charAt(at++);
                if (character == ')') {
                    return size;
                }
                var times = character == '{' ? repetition() : 0;
                if (times > 0) {
                    size += last * times;
                    last *= times + 1L;
                } else {
                    last = switch (character) {
                        case '(' -> group();
                        case '[' -> set();
                        case '\\' -> escape();
                        default -> 1;
                    };
                    size += last;
                }
                if (size > MAX_SIZE) {
                    at = regex.length(); // enough is known
                }
            }
            return size;
        }

        /// How often at most, at `{n}`, `{n,}` or `{n,m}`; 0 where the brace stands for itself.
        private int repetition() {
            var end = regex.indexOf('}', at);
            var counts = end < 0 ? "" : regex.substring(at, end);
            if (!counts.matches("\\d{1,4}(,\\d{0,4})?")) {
                return 0;
            }
            at = end + 1;
            var most = 1;
            for (var count : counts.split(",", -1)) {
                most = Math.max(most, count.isEmpty() ? 0 : Integer.parseInt(count));
            }
            return most + 1;
        }

        private long set() {
            if (regex.startsWith("^", at)) {
                at++;
            }
            for (var first = true; at < regex.length(); first = false) {
                var character = regex.charAt(at++);
                if (character == ']' && !first) {
                    break;
                }
                if (character == '\\') {
                    at++;
                } else if (character == '[' && regex.startsWith(":", at)) {
                    at = Math.max(at, regex.indexOf(":]", at + 1) + 2);
                }
            }
            return 1;
        }

        private long escape() {
            if (regex.startsWith("Q", at)) {
                var end = regex.indexOf("\\E", at);
                var length = (end < 0 ? regex.length() : end) - at;
                at += length;
                return length;
            }
            var named = at < regex.length() && "pPx".indexOf(regex.charAt(at)) >= 0 && regex.startsWith("{", at + 1);
            at = named ? Math.max(at, regex.indexOf('}', at)) + 1 : at + 1;
            return 1;
        }
    }
}

package dev.muster.engine.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/// Checks regular expressions, which are RE2's: linear in the text, without back references.
final class Regexes {

    private Regexes() {}

    static Optional<String> mistake(String regex) {
        if (regex.length() > 500) {
            return Optional.of("the regular expression has more than 500 characters");
        }
        try {
            Pattern.compile(regex);
            return Optional.empty();
        } catch (PatternSyntaxException wrong) {
            return Optional.of("'" + regex + "' is not a regular expression of RE2: " + wrong.getDescription());
        }
    }
}

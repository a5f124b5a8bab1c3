package dev.muster.ingest.subject;

import java.util.Optional;
import java.util.regex.Pattern;

/// What tools talk about: `kind:rest`, such as `repo:github.com/acme/payments`.
public final class Subjects {

    /// Longest subject, in characters.
    public static final int MAX_LENGTH = 300;

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,30}:[^\\s\\p{Cntrl}]+");

    private Subjects() {}

    /// What is wrong with the text as a subject; empty when nothing is.
    public static Optional<String> mistakeIn(String subject) {
        if (subject.length() > MAX_LENGTH) {
            return Optional.of("a subject has at most " + MAX_LENGTH + " characters");
        }
        return FORM.matcher(subject).matches()
                ? Optional.empty()
                : Optional.of(
                        "a subject is written kind:rest without white space, such as repo:github.com/acme/payments");
    }
}

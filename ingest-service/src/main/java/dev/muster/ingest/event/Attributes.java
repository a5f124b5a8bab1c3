package dev.muster.ingest.event;

import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.net.URI;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The context attributes of one event, and every mistake in them, as CloudEvents 1.0 asks.
final class Attributes {

    private static final int MAX_VALUE = 1_000;
    private static final int MAX_MISTAKES = 100;
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
    private static final Set<String> REFERENCES = Set.of("source", "dataschema");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,40}");

    private final Map<String, String> values = new TreeMap<>();
    private final List<ProblemError> mistakes = new ArrayList<>();

    void mistake(String attribute, String message) {
        if (mistakes.size() < MAX_MISTAKES) {
            mistakes.add(ProblemError.at(attribute, message));
        }
    }

    /// Takes one attribute.
    ///
    /// @param value the empty text where it is no text
    void put(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            mistake(
                    name.length() > 40 ? name.substring(0, 40) : name,
                    "a name has lower-case letters and digits, 40 at most");
        } else if (value.isEmpty()) {
            mistake(name, "is empty, or no text");
        } else if (value.length() > MAX_VALUE) {
            mistake(name, "has more than " + MAX_VALUE + " characters");
        } else if (name.equals("specversion") && !value.equals("1.0")) {
            mistake(name, "is not 1.0, the version that is read");
        } else if (name.equals("time") && !isTime(value)) {
            mistake(name, "is no RFC 3339 time such as 2026-06-01T12:00:00Z");
        } else if (REFERENCES.contains(name) && !isReference(value)) {
            mistake(name, "is no URI reference such as /ci/payments");
        }
        values.put(name, value);
    }

    /// The event.
    ///
    /// @throws ProblemException with every mistake
    Event event(Map<String, String> headers, byte[] body) {
        REQUIRED.stream()
                .filter(name -> !values.containsKey(name))
                .forEach(name -> mistake(name, "'" + name + "' is missing"));
        if (!mistakes.isEmpty()) {
            throw Problem.of(ProblemType.INVALID_CONTENT, "This is no CloudEvent of version 1.0")
                    .withErrors(mistakes)
                    .asException();
        }
        return new Event(value("id"), value("source"), value("type"), headers, body);
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isReference(String text) {
        try {
            URI.create(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}

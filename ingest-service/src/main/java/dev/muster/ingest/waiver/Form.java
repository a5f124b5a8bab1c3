package dev.muster.ingest.waiver;

import dev.muster.engine.definition.DurationText;
import dev.muster.engine.definition.Nearest;
import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The members of one request, read one by one; notes every mistake in them. Pure.
final class Form {

    private static final int MAX_SHOWN = 100;

    /// What no person writes; line breaks and tabs are fine.
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\r\\t]]");

    private final @Nullable ObjectNode body;
    private final List<ProblemError> errors = new ArrayList<>();

    /// @param keys all members that there are
    Form(JsonNode body, Set<String> keys) {
        this.body = body instanceof ObjectNode object ? object : null;
        if (this.body == null) {
            mistake(
                    "",
                    "is an object with the members "
                            + String.join(", ", keys.stream().sorted().toList()));
        } else {
            this.body.propertyNames().stream()
                    .filter(key -> !keys.contains(key))
                    .forEach(key -> mistake(shown(key), "unknown member" + Nearest.hint(key, keys)));
        }
    }

    /// A text that has to be there, without white space around it.
    ///
    /// @return empty when it is a mistake
    Optional<String> text(String key, int least, int most) {
        var text = optional(key, most);
        if (text.isEmpty() && !isGiven(key)) {
            mistake(key, "is missing");
        } else if (text.isPresent() && text.get().length() < least) {
            mistake(
                    key,
                    "has %d characters; at least %d say enough"
                            .formatted(text.get().length(), least));
            return Optional.empty();
        }
        return text;
    }

    /// A text that may be left out, without white space around it.
    ///
    /// @return empty when it is not there, or is a mistake
    Optional<String> optional(String key, int most) {
        var node = body == null ? null : body.get(key);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        var text = node.isString() ? node.stringValue().strip() : "";
        if (!node.isString()) {
            mistake(key, "is no text");
        } else if (text.isEmpty()) {
            mistake(key, "is empty");
        } else if (text.length() > most) {
            mistake(key, "has %d characters, more than %d".formatted(text.length(), most));
        } else if (CONTROL.matcher(text).find()) {
            mistake(key, "holds control characters");
        } else {
            return Optional.of(text);
        }
        return Optional.empty();
    }

    /// When it ends: an RFC 3339 time, a date (its first moment, UTC) or a duration from now such as `90d`; in whole
    /// milliseconds.
    ///
    /// @return empty when it is a mistake, such as an end that has passed
    Optional<Instant> end(Instant now) {
        var text = text("expires", 1, 60);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var end = instant(text.get(), now).map(it -> it.truncatedTo(ChronoUnit.MILLIS));
        if (end.isEmpty()) {
            mistake(
                    "expires",
                    "is no time such as 2026-06-01T12:00:00Z, no date such as 2026-06-01 and no duration such as 90d");
        } else if (!end.get().isAfter(now)) {
            mistake("expires", "has passed: " + end.get());
            return Optional.empty();
        }
        return end;
    }

    /// Notes an end that is too far away.
    ///
    /// @param whose limit it is
    void checkLength(Instant end, Instant now, Duration longest, String whose) {
        if (end.isAfter(now.plus(longest))) {
            mistake(
                    "expires",
                    "is %s; %s lasts %s at most, which is %s"
                            .formatted(
                                    end,
                                    whose,
                                    DurationText.format(longest),
                                    now.plus(longest).truncatedTo(ChronoUnit.SECONDS)));
        }
    }

    private static Optional<Instant> instant(String text, Instant now) {
        try {
            var duration = DurationText.parse(text);
            if (duration.isPresent()) {
                return Optional.of(now.plus(duration.get()));
            }
            return Optional.of(
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    private boolean isGiven(String key) {
        return body == null || body.hasNonNull(key);
    }

    void mistake(String key, String message) {
        errors.add(ProblemError.at(key, message));
    }

    /// Text of a stranger as it may be repeated in an answer.
    static String shown(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }

    /// Ends the request when there is any mistake.
    ///
    /// @throws dev.muster.service.ProblemException 422, with every mistake
    void check() {
        if (!errors.isEmpty()) {
            throw Problem.of(ProblemType.INVALID_CONTENT, null)
                    .withErrors(errors)
                    .asException();
        }
    }
}

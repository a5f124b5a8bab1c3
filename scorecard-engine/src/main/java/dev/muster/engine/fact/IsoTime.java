package dev.muster.engine.fact;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Reads instants as [DateTimeFormatter#ISO_OFFSET_DATE_TIME] does. Nearly all that are told have one form, and
/// that takes a tenth of the time: an entity that is judged as a whole has hundreds.
final class IsoTime {

    private static final String FORM = "0000-00-00T00:00:00";
    private static final int MOST_DIGITS = 9; // of a fraction

    private IsoTime() {}

    /// @throws DateTimeException when it is none
    static Instant parse(String text) {
        var usual = usual(text);
        return usual != null
                ? usual
                : OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .toInstant();
    }

    /// Of `2026-11-28T09:30:00Z`, with or without a fraction of the second; null for every other form.
    private static @Nullable Instant usual(String text) {
        var end = text.length() - 1;
        if (end < FORM.length() || text.charAt(end) != 'Z' || !hasForm(text)) {
            return null;
        }
        var nanos = end == FORM.length() ? 0 : fraction(text, end);
        return nanos < 0
                ? null
                : LocalDateTime.of(
                                number(text, 0, 4),
                                number(text, 5, 7),
                                number(text, 8, 10),
                                number(text, 11, 13),
                                number(text, 14, 16),
                                number(text, 17, 19),
                                nanos)
                        .toInstant(ZoneOffset.UTC);
    }

    private static boolean hasForm(String text) {
        for (var i = 0; i < FORM.length(); i++) {
            var expected = FORM.charAt(i);
            var found = text.charAt(i);
            if (expected == '0' ? !isDigit(found) : found != expected) {
                return false;
            }
        }
        return true;
    }

    /// Nanoseconds; -1 for what is no fraction.
    private static int fraction(String text, int end) {
        var begin = FORM.length() + 1;
        if (text.charAt(begin - 1) != '.' || end == begin || end - begin > MOST_DIGITS) {
            return -1;
        }
        var nanos = 0;
        for (var i = begin; i < begin + MOST_DIGITS; i++) {
            if (i < end && !isDigit(text.charAt(i))) {
                return -1;
            }
            nanos = nanos * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return nanos;
    }

    private static int number(String text, int begin, int end) {
        var number = 0;
        for (var i = begin; i < end; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char found) {
        return found >= '0' && found <= '9';
    }
}

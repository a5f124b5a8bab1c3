package dev.muster.notifier.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Reads `Retry-After` (RFC 9110, 10.2.3): seconds or a date.
public final class RetryAfter {

    private static final Duration MOST = Duration.ofDays(1);

    private RetryAfter() {}

    /// How long the receiver wants us to wait; zero when it says nothing that makes sense. At most a day.
    public static Duration read(@Nullable String header, Instant now) {
        if (header == null || header.length() > 64) {
            return Duration.ZERO;
        }
        var text = header.strip();
        return bounded(text.matches("\\d{1,18}") ? seconds(text) : date(text, now));
    }

    private static Duration seconds(String digits) {
        var seconds = Long.parseLong(digits);
        return seconds > MOST.toSeconds() ? MOST : Duration.ofSeconds(seconds);
    }

    private static Duration date(String text, Instant now) {
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException _) {
            return Duration.ZERO;
        }
    }

    private static Duration bounded(Duration asked) {
        return asked.isNegative() ? Duration.ZERO : asked.compareTo(MOST) > 0 ? MOST : asked;
    }
}

package dev.muster.ingest.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the times that tools write: RFC 3339 with or without fractions, offsets with or without a colon
/// (`2020-05-06T01:54:17+0800`), a space for the `T` and `UTC` for the `Z`, a bare date, and seconds, milliseconds,
/// microseconds or nanoseconds since 1970 as a number or digits.
final class TimeText {

    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT); // or 30 February would be 28 February

    /// Seconds up to here are before the year 5138; more digits count something smaller.
    private static final long LARGEST_SECOND = 100_000_000_000L;

    private TimeText() {}

    /// Reads a time in any of the forms.
    ///
    /// @param told text, number or nothing
    /// @return empty when nothing was told; the year 1, which some tools write for "not set", is nothing
    /// @throws DateTimeException when it is no time
    static Optional<Instant> read(@Nullable Object told) {
        return switch (told) {
            case null -> Optional.empty();
            case Optional<?> maybe -> read(maybe.orElse(null));
            case Instant instant -> set(instant);
            case Long number -> Optional.of(ofNumber(number));
            case Double number
            when Math.abs(number) < LARGEST_SECOND -> Optional.of(Instant.ofEpochMilli(Math.round(number * 1_000)));
            case String text when text.isBlank() -> Optional.empty();
            case String text -> set(ofText(text.strip()));
            default -> throw new DateTimeException("neither text nor a number");
        };
    }

    private static Optional<Instant> set(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).getYear() <= 1 ? Optional.empty() : Optional.of(instant);
    }

    private static Instant ofNumber(long number) {
        var size = Math.abs(number);
        if (size < LARGEST_SECOND) {
            return Instant.ofEpochSecond(number);
        }
        if (size < LARGEST_SECOND * 1_000) {
            return Instant.ofEpochMilli(number);
        }
        return size < LARGEST_SECOND * 1_000_000
                ? Instant.EPOCH.plus(number, ChronoUnit.MICROS)
                : Instant.ofEpochSecond(0, number);
    }

    private static Instant ofText(String text) {
        if (text.length() <= 19 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return ofNumber(Long.parseLong(text));
        }
        if (text.length() == 10) {
            return Instant.parse(text + "T00:00:00Z");
        }
        var iso = text.endsWith(" UTC") ? text.substring(0, text.length() - 4) + "Z" : text;
        if (iso.length() > 10 && iso.charAt(10) == ' ') {
            iso = iso.substring(0, 10) + "T" + iso.substring(11).replace(" ", "");
        }
        return OffsetDateTime.parse(iso, WITH_OFFSET).toInstant();
    }
}

package dev.muster.routing;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How often messages leave: each by itself, or collected into one a window.
///
/// @param at local time at which a window ends; its minute for HOURLY
/// @param day on which a week ends
public record Digest(Every every, LocalTime at, DayOfWeek day, ZoneId zone) {

    /// Each message by itself; collected by who says only how often, at nine in the morning, UTC, on
    /// Mondays.
    public static final Digest IMMEDIATE =
            new Digest(Every.IMMEDIATE, LocalTime.of(9, 0), DayOfWeek.MONDAY, ZoneOffset.UTC);

    private static final Pattern TEXT =
            Pattern.compile("([a-z]+)(?: +([a-z]{3}))?(?: +(\\d\\d:\\d\\d))?(?: +([^ ]+))?");

    /// How often.
    public enum Every {
        IMMEDIATE,
        HOURLY,
        DAILY,
        WEEKLY;

        /// As routes and preferences write it.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// When the window of `now` ends, later than `now`; empty when nothing is collected.
    public Optional<Instant> next(Instant now) {
        var local = now.atZone(zone);
        return switch (every) {
            case IMMEDIATE -> Optional.empty();
            case HOURLY -> {
                var end = local.truncatedTo(ChronoUnit.HOURS).plusMinutes(at.getMinute());
                yield Optional.of((end.toInstant().isAfter(now) ? end : end.plusHours(1)).toInstant());
            }
            case DAILY -> {
                var end = at(local);
                yield Optional.of((end.toInstant().isAfter(now) ? end : at(local.plusDays(1))).toInstant());
            }
            case WEEKLY -> {
                var end = at(local.with(TemporalAdjusters.nextOrSame(day)));
                yield Optional.of((end.toInstant().isAfter(now) ? end : at(end.plusWeeks(1))).toInstant());
            }
        };
    }

    /// Reads `immediate`, `hourly`, `daily 09:00`, `weekly mon 09:00 Europe/Berlin`; empty when it is not
    /// of that form.
    ///
    /// @param usual for a text without a day, a time or a zone
    public static Optional<Digest> parse(String text, Digest usual) {
        var match = TEXT.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        var every = every(match.group(1));
        var day = match.group(2) == null ? Optional.of(usual.day) : MuteTime.day(match.group(2));
        if (every.isEmpty() || day.isEmpty() || (match.group(2) != null && every.get() != Every.WEEKLY)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Digest(
                    every.get(),
                    match.group(3) == null ? usual.at : LocalTime.parse(match.group(3)),
                    day.get(),
                    match.group(4) == null ? usual.zone : ZoneId.of(match.group(4))));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// `immediate`, `hourly`, `daily` or `weekly`.
    static Optional<Every> every(String word) {
        return Arrays.stream(Every.values())
                .filter(it -> it.label().equals(word))
                .findFirst();
    }

    private ZonedDateTime at(ZonedDateTime date) {
        return date.toLocalDate().atTime(at).atZone(zone);
    }
}

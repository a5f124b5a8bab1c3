package dev.muster.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/// How often messages leave: each by itself, or collected into one a window.
///
/// @param at local time at which a window ends; its minute for HOURLY
/// @param day on which a week ends
public record Digest(Every every, LocalTime at, DayOfWeek day, ZoneId zone) {

    /// How often.
    public enum Every {
        IMMEDIATE,
        HOURLY,
        DAILY,
        WEEKLY
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

    private ZonedDateTime at(ZonedDateTime date) {
        return date.toLocalDate().atTime(at).atZone(zone);
    }
}

package dev.muster.routing;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A time of the week in which messages are held back, not dropped.
///
/// @param days days on which it begins
/// @param to when it ends: on the next day when it is not after `from`
public record MuteTime(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    private static final Pattern TEXT =
            Pattern.compile("(?:([a-z]{3})(?:-([a-z]{3}))? +)?(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)(?: +(\\S+))?");
    private static final int LONGEST = 8;

    public MuteTime {
        days = Set.copyOf(days);
    }

    /// When the mute that reigns at `now` ends; empty when none does. Mutes that touch end together.
    public static Optional<Instant> until(Iterable<MuteTime> mutes, Instant now) {
        var at = now;
        for (var turn = 0; turn < LONGEST * 2; turn++) {
            var later = at;
            for (var mute : mutes) {
                later = max(later, mute.until(later).orElse(later));
            }
            if (later.equals(at)) {
                break;
            }
            at = later;
        }
        return at.equals(now) ? Optional.empty() : Optional.of(at);
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Optional<Instant> until(Instant now) {
        var today = now.atZone(zone).toLocalDate();
        for (var begins : new java.time.LocalDate[] {today.minusDays(1), today}) {
            if (days.contains(begins.getDayOfWeek())) {
                var start = begins.atTime(from).atZone(zone).toInstant();
                var end = (to.isAfter(from) ? begins : begins.plusDays(1))
                        .atTime(to)
                        .atZone(zone)
                        .toInstant();
                if (!now.isBefore(start) && now.isBefore(end)) {
                    return Optional.of(end);
                }
            }
        }
        return Optional.empty();
    }

    /// Reads `22:00-07:00`, `mon-fri 18:00-08:00 Europe/Berlin`, `sat 00:00-00:00`; empty when it is
    /// not of that form.
    ///
    /// @param zone for a text without one
    public static Optional<MuteTime> parse(String text, ZoneId zone) {
        var match = TEXT.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            var days = match.group(1) == null
                    ? Optional.<Set<DayOfWeek>>of(EnumSet.allOf(DayOfWeek.class))
                    : days(match.group(1), match.group(2) == null ? match.group(1) : match.group(2));
            return days.map(it -> new MuteTime(
                    it,
                    LocalTime.parse(match.group(3)),
                    LocalTime.parse(match.group(4).equals("24:00") ? "00:00" : match.group(4)),
                    match.group(5) == null ? zone : ZoneId.of(match.group(5))));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Days from one to another, around the end of the week when need be.
    static Optional<Set<DayOfWeek>> days(String from, String to) {
        var first = day(from);
        var last = day(to);
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        var days = EnumSet.of(first.get());
        for (var it = first.get(); it != last.get(); ) {
            it = it.plus(1);
            days.add(it);
        }
        return Optional.of(days);
    }

    /// `mon` to `sun`.
    public static Optional<DayOfWeek> day(String text) {
        for (var day : DayOfWeek.values()) {
            if (day.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }
}

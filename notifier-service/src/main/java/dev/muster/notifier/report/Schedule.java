package dev.muster.notifier.report;

import dev.muster.notifier.preference.Preference;
import dev.muster.routing.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When the week of a team ends. Pure.
public final class Schedule {

    /// Says that a team wants none.
    private static final String OFF = "off";

    /// What could not be told so long after its time, because nothing ran, is not told any more.
    static final Duration LATEST = Duration.ofDays(1);

    private Schedule() {}

    /// The end of the week that is to be reported at `now`; empty when none is. A preference that
    /// cannot be read is as none.
    ///
    /// @param annotations of the team, with what it said by page
    static Optional<Instant> due(Map<String, String> annotations, Digest usual, Instant now) {
        var text = Preference.WEEKLY_REPORT.in(annotations);
        return OFF.equals(text)
                ? Optional.empty()
                : schedule(text, usual).next(now.minus(LATEST)).filter(end -> !end.isAfter(now));
    }

    /// When the week began that ends at `ends`: a week earlier by the clock on the wall, so that no hour is in two
    /// weeks
    /// or in none when the clocks change.
    static Instant begins(Map<String, String> annotations, Digest usual, Instant ends) {
        var zone = schedule(Preference.WEEKLY_REPORT.in(annotations), usual).zone();
        return ends.atZone(zone).minusWeeks(1).toInstant();
    }

    private static Digest schedule(@Nullable String text, Digest usual) {
        return Optional.ofNullable(text).flatMap(it -> parse(it, usual)).orElse(usual);
    }

    private static Optional<Digest> parse(String text, Digest usual) {
        return Digest.parse("weekly " + text, usual);
    }

    /// Whether `text` can be read, as a time or as that there is none.
    public static boolean isRead(String text) {
        return text.equals(OFF) || parse(text, Digest.IMMEDIATE).isPresent();
    }
}

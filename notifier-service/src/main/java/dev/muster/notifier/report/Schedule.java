package dev.muster.notifier.report;

import dev.muster.routing.Digest;
import dev.muster.routing.Digest.Every;
import dev.muster.routing.MuteTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// When the week of a team ends. Pure.
final class Schedule {

    /// Annotation of a group: `off`, or a time such as `fri 08:00 Europe/Berlin`; the usual zone without one.
    static final String ANNOTATION = "muster.dev/weekly-report";

    /// What could not be told so long after its time, because nothing ran, is not told any more.
    static final Duration LATEST = Duration.ofDays(1);

    private static final Pattern TIME = Pattern.compile("([a-z]{3}) +(\\d\\d:\\d\\d)(?: +(\\S+))?");

    private Schedule() {}

    /// The end of the week that is to be reported at `now`; empty when none is. An annotation that cannot
    /// be read is as
    /// none.
    ///
    /// @param annotations of the team
    static Optional<Instant> due(Map<String, String> annotations, Digest usual, Instant now) {
        var text = annotations.getOrDefault(ANNOTATION, "").strip();
        return text.equals("off")
                ? Optional.empty()
                : parse(text, usual).orElse(usual).next(now.minus(LATEST)).filter(end -> !end.isAfter(now));
    }

    private static Optional<Digest> parse(String text, Digest usual) {
        var match = TIME.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            var zone = match.group(3) == null ? usual.zone() : ZoneId.of(match.group(3));
            var at = LocalTime.parse(match.group(2));
            return MuteTime.day(match.group(1)).map(day -> new Digest(Every.WEEKLY, at, day, zone));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}

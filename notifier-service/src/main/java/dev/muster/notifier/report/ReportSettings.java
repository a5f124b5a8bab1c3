package dev.muster.notifier.report;

import dev.muster.routing.Digest;
import dev.muster.routing.Digest.Every;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;

/// What an operator may set for weekly reports, checked.
///
/// @param enabled whether there are any
/// @param schedule when a week ends, for teams that say nothing else
public record ReportSettings(boolean enabled, Digest schedule) {

    /// Reports at one time of the week.
    ///
    /// @param at local time
    public static ReportSettings of(boolean enabled, DayOfWeek day, LocalTime at, ZoneId zone) {
        return new ReportSettings(enabled, new Digest(Every.WEEKLY, at, day, zone));
    }
}

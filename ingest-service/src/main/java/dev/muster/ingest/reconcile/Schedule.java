package dev.muster.ingest.reconcile;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Once a day, at a time of day in UTC; at once when it never was.
final class Schedule {

    private Schedule() {}

    /// Whether it is time.
    ///
    /// @param startedAt when it last began, or null
    static boolean isDue(@Nullable Instant startedAt, Instant now, LocalTime at) {
        if (startedAt == null) {
            return true;
        }
        var today = now.atZone(ZoneOffset.UTC).toLocalDate().atTime(at).toInstant(ZoneOffset.UTC);
        var last = today.isAfter(now) ? today.minusSeconds(24 * 3600L) : today;
        return startedAt.isBefore(last);
    }
}

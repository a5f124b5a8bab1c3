package dev.muster.engine.result;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Instants as records and timers have them.
public final class WholeMillis {

    /// The last instant that a record can hold, when it is rounded up.
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE - 1);

    private WholeMillis() {}

    /// Rounded up, so that what changes at `instant` has changed when it is judged then. Null, which is never, for what
    /// no record holds: nobody will be there to see it.
    public static @Nullable Instant up(@Nullable Instant instant) {
        if (instant == null || instant.isAfter(LAST)) {
            return null;
        }
        var whole = instant.truncatedTo(ChronoUnit.MILLIS);
        return whole.equals(instant) ? instant : whole.plusMillis(1);
    }
}

package dev.muster.notifier.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How often a destination may be sent to: a bucket of `burst` tokens, of which one comes back after each `every`.
///
/// The bucket is kept as one instant, that at which it would be full again (the theoretical arrival time of GCRA), so
/// that instances can share it.
///
/// @param every time after which one more message may go; zero for no bound
/// @param burst messages that may go at once after a rest; at least 1
public record Pace(Duration every, int burst) {

    /// No bound.
    public static final Pace NONE = new Pace(Duration.ZERO, 1);

    public Pace {
        if (every.isNegative() || burst < 1) {
            throw new IllegalArgumentException("a pace needs a time that is not negative and a burst of 1 or more");
        }
    }

    boolean bounds() {
        return every.isPositive();
    }

    /// When the bucket will be full again, after a message at `now`.
    ///
    /// @param full when it would have been without this message; null when it is full
    Instant full(@Nullable Instant full, Instant now) {
        return (full == null || full.isBefore(now) ? now : full).plus(every);
    }

    /// From when on the next message may go, when the bucket will be full at `full`.
    Instant next(Instant full) {
        return full.minus(every.multipliedBy(burst - 1L));
    }
}

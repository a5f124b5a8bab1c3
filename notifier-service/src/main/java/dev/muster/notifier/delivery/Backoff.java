package dev.muster.notifier.delivery;

import java.time.Duration;

/// How long to wait before the next attempt: doubling, with chance only ever added, and never less than the receiver
/// asked for, up to the cap.
///
/// @param base wait after the first attempt
/// @param cap longest wait
public record Backoff(Duration base, Duration cap) {

    /// The wait after attempt number `attempts`.
    ///
    /// @param asked what the receiver asked for; zero for nothing
    /// @param chance 0 to 1
    public Duration after(int attempts, Duration asked, double chance) {
        var doublings = Math.clamp(attempts - 1L, 0, 30);
        var doubled = Math.min(base.toMillis() << doublings, cap.toMillis());
        var own = Math.min(doubled + (long) (chance * doubled), cap.toMillis());
        var theirs = Math.min(asked.toMillis(), cap.toMillis());
        return Duration.ofMillis(theirs > own ? theirs + (long) (chance * base.toMillis()) : own);
    }
}

package dev.muster.evaluator.entities;

import java.time.Duration;

/// How much a partition does besides its events.
///
/// @param tick how often it looks at the clock: instants are noticed at most this late
/// @param timers due results that it judges in one tick, at most
/// @param sweep entities that it judges in one tick because a scorecard changed, at most; a fifth of it while there are
///     events
public record Pace(Duration tick, int timers, int sweep) {

    public Pace {
        if (tick.toMillis() < 1 || timers < 1 || sweep < 1) {
            throw new IllegalArgumentException("tick, timers and sweep must be above zero");
        }
    }

    int sweep(boolean events) {
        return events ? Math.max(1, sweep / 5) : sweep;
    }
}

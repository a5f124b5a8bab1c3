package dev.muster.evaluator.entities;

import java.time.Duration;

/// How much a partition does besides its events.
///
/// @param tick how long it rests between two portions of work that is waiting
/// @param idleTick how long it rests when there is none: a new scorecard is noticed at most this late
/// @param timers due results that it judges in one portion, at most
/// @param sweep entities that it judges in one portion because a scorecard changed, at most; a fifth of it while there
///     are events
public record Pace(Duration tick, Duration idleTick, int timers, int sweep) {

    public Pace {
        if (tick.toMillis() < 1 || idleTick.toMillis() < 1 || timers < 1 || sweep < 1) {
            throw new IllegalArgumentException("tick, idleTick, timers and sweep must be above zero");
        }
    }

    int sweep(boolean events) {
        return events ? Math.max(1, sweep / 5) : sweep;
    }
}

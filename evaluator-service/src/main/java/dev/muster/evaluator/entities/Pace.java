package dev.muster.evaluator.entities;

import java.time.Duration;

/// How much a thread does besides its events. Between two portions of a sweep, events have their turn and
/// what was decided is committed: an event waits for one portion, twice at most.
///
/// @param tick how long a thread rests between two portions of work that is waiting
/// @param idleTick how long it rests when there is none: a new scorecard is noticed at most this late
/// @param timers due results that it judges in one portion, at most
/// @param sweep entities that it judges in one portion because a scorecard changed, at most
/// @param sweepFor how long such a portion may take; the entity that is being judged is finished
public record Pace(Duration tick, Duration idleTick, int timers, int sweep, Duration sweepFor) {

    public Pace {
        if (tick.toMillis() < 1 || idleTick.toMillis() < 1 || timers < 1 || sweep < 1 || !sweepFor.isPositive()) {
            throw new IllegalArgumentException("tick, idleTick, timers, sweep and sweepFor must be above zero");
        }
    }
}

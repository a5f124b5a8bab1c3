package dev.muster.evaluator.entities;

import java.time.Duration;

/// How much a thread does besides its events. Between two portions of other work, events have their turn and
/// what was decided is committed: an event waits for one portion of each kind, twice at most. Portions are bounded by
/// time, because the broker ends a transaction that is open for too long, whatever was done in it.
///
/// @param tick how long a thread rests between two portions of work that is waiting
/// @param idleTick how long it rests when there is none: a new scorecard is noticed at most this late
/// @param batch results that are judged in one portion, at most
/// @param portion how long such a portion may take; the result that is being judged is finished
public record Pace(Duration tick, Duration idleTick, int batch, Duration portion) {

    public Pace {
        if (tick.toMillis() < 1 || idleTick.toMillis() < 1 || batch < 1 || !portion.isPositive()) {
            throw new IllegalArgumentException("tick, idleTick, batch and portion must be above zero");
        }
    }
}

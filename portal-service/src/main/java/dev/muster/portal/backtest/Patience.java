package dev.muster.portal.backtest;

import dev.muster.engine.definition.DurationText;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// How long a backtest may go on: until its time is over, the service stops, or nobody waits for it any more.
final class Patience {

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Duration within;
    private final Instant end;
    private final Caller caller;
    private final BooleanSupplier stopping;
    private Instant next;

    Patience(InstantSource clock, Duration within, Caller caller, BooleanSupplier stopping) {
        this.clock = clock;
        this.within = within;
        this.caller = caller;
        this.stopping = stopping;
        this.end = clock.instant().plus(within);
        this.next = clock.instant();
    }

    /// Looks around; asks the caller at first, and once a second from then on.
    ///
    /// @throws ProblemException 503 when the time is over or the service stops
    /// @throws IOException when the caller went away
    void check() throws IOException {
        var now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(BETWEEN);
        if (stopping.getAsBoolean()) {
            throw Problem.of(ProblemType.UNAVAILABLE, "The portal stops; the backtest was given up")
                    .retryAfter(Duration.ofSeconds(30))
                    .asException();
        }
        if (now.isAfter(end)) {
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "The backtest was given up after %s (muster.portal.backtest.within). Ask for less with since,"
                                            .formatted(DurationText.format(within))
                                    + " or let the operator allow more")
                    .retryAfter(Duration.ofMinutes(1))
                    .asException();
        }
        caller.check();
    }
}

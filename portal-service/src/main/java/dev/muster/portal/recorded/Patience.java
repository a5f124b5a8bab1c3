package dev.muster.portal.recorded;

import dev.muster.engine.definition.DurationText;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// How long something may go on: until its time is over, the service stops, or nobody waits for it any more.
public final class Patience {

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Bounds bounds;
    private final Instant end;
    private final Caller caller;
    private final BooleanSupplier stopping;
    private Instant next;

    /// What it may take.
    ///
    /// @param what in words, such as `backtest`
    /// @param setting property that says so
    public record Bounds(String what, Duration within, String setting) {}

    Patience(InstantSource clock, Bounds bounds, Caller caller, BooleanSupplier stopping) {
        this.clock = clock;
        this.bounds = bounds;
        this.caller = caller;
        this.stopping = stopping;
        this.end = clock.instant().plus(bounds.within());
        this.next = clock.instant();
    }

    /// Looks around; asks the caller at first, and once a second from then on.
    ///
    /// @throws ProblemException 503 when the time is over or the service stops
    /// @throws IOException when the caller went away
    public void check() throws IOException {
        var now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(BETWEEN);
        if (stopping.getAsBoolean()) {
            throw Problem.of(ProblemType.UNAVAILABLE, "The portal stops; the %s was given up".formatted(bounds.what()))
                    .retryAfter(Duration.ofSeconds(30))
                    .asException();
        }
        if (now.isAfter(end)) {
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "The %s was given up after %s (%s); the operator may allow more"
                                    .formatted(bounds.what(), DurationText.format(bounds.within()), bounds.setting()))
                    .retryAfter(Duration.ofMinutes(1))
                    .asException();
        }
        caller.check();
    }
}

package dev.muster.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands until the test moves it.
final class SetClock implements InstantSource {

    private volatile Instant now;

    SetClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    void advanceTo(Instant to) {
        now = to;
    }
}

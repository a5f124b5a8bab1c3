package dev.muster.portal.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What a rebuild tells of itself while it runs, and after.
final class Progress {

    private final String id = UUID.randomUUID().toString();
    private final String by;
    private final InstantSource clock;
    private final Instant startedAt;
    private final AtomicLong records = new AtomicLong();
    private volatile long of;
    private volatile RebuildState.Phase phase = RebuildState.Phase.RUNNING;
    private volatile @Nullable Instant endedAt;
    private volatile @Nullable String reason;

    Progress(String by, InstantSource clock) {
        this.by = by;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    String id() {
        return id;
    }

    boolean isRunning() {
        return phase == RebuildState.Phase.RUNNING;
    }

    void expect(long number) {
        of = number;
    }

    void wrote(int number) {
        records.addAndGet(number);
    }

    void done() {
        endedAt = clock.instant();
        phase = RebuildState.Phase.DONE;
    }

    void failed(String why) {
        endedAt = clock.instant();
        reason = why;
        phase = RebuildState.Phase.FAILED;
    }

    RebuildState state() {
        var end = endedAt;
        var millis = Math.max(
                1,
                Duration.between(startedAt, end == null ? clock.instant() : end).toMillis());
        return new RebuildState(
                id, phase.text(), by, startedAt, end, records.get(), of, records.get() * 1000 / millis, reason);
    }
}

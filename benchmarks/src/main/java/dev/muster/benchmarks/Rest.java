package dev.muster.benchmarks;

import dev.muster.testkit.Platform;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/// A platform that has nothing left to do, whichever of its processes had.
final class Rest {

    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final double QUIET = 0.4; // of one core; the broker alone takes half of that for consumers that wait
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private Rest() {}

    /// Waits until all processes together use hardly any processor time.
    static void await(Platform platform) {
        Awaitility.await("the platform rests")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    var before = ProcessorTime.of(platform);
                    LockSupport.parkNanos(LOOK.toNanos());
                    var used = ProcessorTime.between(before, ProcessorTime.of(platform)).values().stream()
                            .reduce(Duration.ZERO, Duration::plus);
                    return used.toNanos() < QUIET * LOOK.toNanos();
                });
    }
}

package dev.muster.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Whether a process that died is started again, and after which pause: 1, 2, 4, 8, 16 seconds, then no
/// more. Deaths older than ten minutes are forgotten.
final class RestartPolicy {

    static final int ATTEMPTS = 5;

    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Map<String, Deque<Instant>> deaths = new HashMap<>();

    /// Says what to do about the death of `name` at `now`; empty means give up.
    Optional<Duration> pauseAfterDeath(String name, Instant now) {
        var remembered = deaths.computeIfAbsent(name, _ -> new ArrayDeque<>());
        while (!remembered.isEmpty() && remembered.peekFirst().isBefore(now.minus(MEMORY))) {
            remembered.removeFirst();
        }
        remembered.addLast(now);
        return remembered.size() > ATTEMPTS
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(1L << (remembered.size() - 1)));
    }
}

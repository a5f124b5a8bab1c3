package dev.muster.evaluator.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replaces a thread that died, a few times; then gives the instance up, because what kills every new thread again is
/// not passing trouble. The process then is neither ready nor alive, and whoever runs it starts another.
public final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final int replacements;
    private final InstantSource clock;
    private final Deque<Instant> deaths = new ArrayDeque<>();

    /// Forgives a few deaths.
    ///
    /// @param replacements within five minutes, at most
    public ThreadReplacement(int replacements, InstantSource clock) {
        this.replacements = replacements;
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable error) {
        var now = clock.instant();
        deaths.removeIf(death -> death.isBefore(now.minus(WITHIN)));
        deaths.add(now);
        if (deaths.size() <= replacements) {
            LOG.error("A stream thread died ({} within five minutes) and is replaced", deaths.size(), error);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("A stream thread died, the {}th within five minutes: giving up", deaths.size(), error);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}

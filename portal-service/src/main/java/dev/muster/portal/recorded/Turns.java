package dev.muster.portal.recorded;

import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;

/// Lets only some read what is recorded at the same time, each for a time.
public final class Turns {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Semaphore places;
    private final int atOnce;
    private final Patience.Bounds bounds;
    private final InstantSource clock;
    private volatile boolean stopping;

    /// All places are free.
    ///
    /// @param atOnce how many there are, 1 or more
    public Turns(int atOnce, Patience.Bounds bounds, InstantSource clock) {
        this.places = new Semaphore(atOnce);
        this.atOnce = atOnce;
        this.bounds = bounds;
        this.clock = clock;
    }

    /// What is done in a turn.
    @FunctionalInterface
    public interface Work<T> {

        /// Does it.
        ///
        /// @param patience to be asked again and again
        T with(Patience patience) throws IOException;
    }

    /// Does it now, or not at all.
    ///
    /// @throws ProblemException 429 when all places are taken, 503 when it takes too long, the service stops
    ///     or Kafka is not there
    /// @throws IOException when the caller went away
    public <T> T take(Caller caller, Work<T> work) throws IOException {
        if (!places.tryAcquire()) {
            var others =
                    atOnce == 1 ? "Another %s runs; there is one at a time" : "Others run; there are %2$d at a time";
            throw Problem.of(ProblemType.TOO_MANY_REQUESTS, others.formatted(bounds.what(), atOnce))
                    .retryAfter(WAIT)
                    .asException();
        }
        try {
            return work.with(new Patience(clock, bounds, caller, () -> stopping));
        } catch (KafkaException e) {
            throw Problem.of(ProblemType.UNAVAILABLE, "What is recorded cannot be read now")
                    .retryAfter(Duration.ofSeconds(5))
                    .asException();
        } finally {
            places.release();
        }
    }

    /// A stop does not wait for those who read.
    public void stop() {
        stopping = true;
    }
}

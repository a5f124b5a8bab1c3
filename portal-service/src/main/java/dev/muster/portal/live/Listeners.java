package dev.muster.portal.live;

import dev.muster.portal.PortalSettings;
import dev.muster.portal.meter.PortalMeters;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who listens to the stream on this instance, as many as may at most. Telling never waits for a slow listener:
/// one that falls behind loses the single events and is told to refresh instead.
@Component
class Listeners {

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Set<Listener> open = ConcurrentHashMap.newKeySet();
    private final int most;
    private final Semaphore room;
    private final Counter refused;

    Listeners(PortalSettings settings, MeterRegistry registry) {
        this.most = settings.streams();
        this.room = new Semaphore(most);
        this.refused = PortalMeters.REFUSED.counter(registry);
        PortalMeters.LISTENERS.gauge(registry, open, Set::size);
    }

    /// Begins to listen.
    ///
    /// @throws dev.muster.service.ProblemException 503 when as many listen as may
    Listener add(Optional<String> entity, Set<Kind> kinds) {
        if (!room.tryAcquire()) {
            refused.increment();
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "All %d event streams of this instance are open (muster.portal.streams); read what you show"
                                            .formatted(most)
                                    + " from time to time, or try again later")
                    .retryAfter(RETRY)
                    .asException();
        }
        var listener = new Listener(entity, kinds);
        open.add(listener);
        return listener;
    }

    void remove(Listener listener) {
        if (open.remove(listener)) {
            room.release();
        }
    }

    void tell(Told told) {
        open.stream()
                .filter(listener -> told.concerns(listener.entity, listener.kinds))
                .forEach(listener -> listener.put(told));
    }

    /// Events on their way to one client.
    static final class Listener {

        private static final int MOST = 256;

        private final Optional<String> entity;
        private final Set<Kind> kinds;
        private final BlockingQueue<Told> events = new LinkedBlockingQueue<>(MOST);

        Listener(Optional<String> entity, Set<Kind> kinds) {
            this.entity = entity;
            this.kinds = kinds;
        }

        private void put(Told told) {
            if (!events.offer(told)) {
                events.clear();
                events.add(Told.REFRESH);
            }
        }

        /// The next event, or null when none came in time.
        @Nullable
        Told next(Duration patience) throws InterruptedException {
            return events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}

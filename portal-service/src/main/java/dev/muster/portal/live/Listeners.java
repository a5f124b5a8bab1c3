package dev.muster.portal.live;

import dev.muster.portal.meter.PortalMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who listens to the stream on this instance. Telling never waits for a slow listener: one that falls behind loses the
/// single events and is told to refresh instead.
@Component
class Listeners {

    private final Set<Listener> open = ConcurrentHashMap.newKeySet();

    Listeners(MeterRegistry registry) {
        PortalMeters.LISTENERS.gauge(registry, open, Set::size);
    }

    Listener add(Optional<String> entity, Set<Kind> kinds) {
        var listener = new Listener(entity, kinds);
        open.add(listener);
        return listener;
    }

    void remove(Listener listener) {
        open.remove(listener);
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

package dev.muster.ingest.reconcile;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread in which one connection's reconciler works, from lease to lease.
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String connection;
    private final Supplier<Bench> bench;
    private volatile boolean running;
    private @Nullable Thread thread;

    /// What a reconciler works with for as long as it may.
    ///
    /// @param invalidations closed at the end
    record Bench(Reconciler reconciler, Invalidations invalidations) {}

    /// @param bench makes one, from what is on the topic at that moment
    Worker(String connection, Supplier<Bench> bench) {
        this.connection = connection;
        this.bench = bench;
    }

    synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("reconcile-" + connection).start(this::run);
    }

    /// Returns when nothing is done any more, within 8 s.
    synchronized void stop() {
        running = false;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            if (!thread.join(PATIENCE)) {
                LOG.warn("{}: the reconciler does not end in time", connection);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    private void run() {
        while (running) {
            try {
                work();
            } catch (InterruptedException | InterruptException _) {
                // it is over
            } catch (RuntimeException trouble) {
                LOG.warn("{}: the reconciler begins again: {}", connection, trouble.toString());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void work() throws InterruptedException {
        var own = bench.get();
        try {
            var busy = false;
            while (running) {
                try {
                    busy = own.reconciler().work(busy);
                } catch (InterruptException stopped) {
                    throw stopped;
                } catch (KafkaException trouble) {
                    LOG.warn("{}: Kafka is in trouble: {}", connection, trouble.getMessage());
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        } finally {
            var _ = Thread.interrupted(); // or the consumer could not leave in good order
            own.invalidations().close();
        }
    }
}

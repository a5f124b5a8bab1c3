package dev.muster.notifier;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Does one kind of work again and again: at once while there is some, else after a pause. Trouble is told once, not
/// at every turn, and waited for a little longer each time.
final class Loop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final String name;
    private final Duration pause;
    private final BooleanSupplier step;
    private volatile @Nullable Thread thread;

    /// @param step one turn; true when there may be more to do at once
    Loop(String name, Duration pause, BooleanSupplier step) {
        this.name = name;
        this.pause = pause;
        this.step = step;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().name(name).start(this::run);
        }
    }

    private void run() {
        var troubles = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var wait = pause;
                try {
                    if (step.getAsBoolean()) {
                        wait = Duration.ZERO;
                    }
                    if (troubles > 0) {
                        LOG.info("{} goes on", name);
                    }
                    troubles = 0;
                } catch (RuntimeException e) {
                    if (troubles++ == 0) {
                        LOG.warn("{} is in trouble and tries again", name, e);
                    }
                    wait = pause.multipliedBy(1L << Math.min(troubles, 10));
                    wait = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
                }
                TimeUnit.MILLISECONDS.sleep(wait.toMillis());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(5));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}

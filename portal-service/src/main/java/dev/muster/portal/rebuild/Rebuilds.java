package dev.muster.portal.rebuild;

import dev.muster.portal.consumer.Consumers;
import dev.muster.portal.projection.Projector;
import dev.muster.portal.projection.Retention;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// The rebuild that runs on this instance, or the last one that did.
@Service
public class Rebuilds {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);

    private static final int MOST_RECORDS = 1_000;
    private static final int MOST_READERS = 4;
    private static final int FETCH_BYTES = 1024 * 1024;

    private final DataSource dataSource;
    private final Admin admin;
    private final Projector projector;
    private final Consumers consumers;
    private final Retention retention;
    private final InstantSource clock;
    private @Nullable Progress last;
    private @Nullable Thread thread;

    Rebuilds(
            DataSource dataSource,
            Admin admin,
            Projector projector,
            Consumers consumers,
            Retention retention,
            InstantSource clock) {
        this.dataSource = dataSource;
        this.admin = admin;
        this.projector = projector;
        this.consumers = consumers;
        this.retention = retention;
        this.clock = clock;
    }

    /// Begins one.
    ///
    /// @param by who asked for it
    /// @throws dev.muster.service.ProblemException CONFLICT while one runs, on whichever instance
    public synchronized RebuildState begin(String by) {
        if (last != null && last.isRunning()) {
            throw running();
        }
        var readers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_READERS);
        SecondModel second;
        try {
            second = SecondModel.open(dataSource, retention, readers);
        } catch (SecondModel.AlreadyRunningException _) {
            throw running();
        }
        var progress = new Progress(by, clock);
        last = progress;
        var rebuild = new Rebuild(admin, this::consumer, projector, progress, readers);
        thread = Thread.ofPlatform().name("rebuild").start(() -> run(rebuild, second, progress));
        return progress.state();
    }

    private static RuntimeException running() {
        return Problem.of(ProblemType.CONFLICT, "A rebuild runs already").asException();
    }

    private static void run(Rebuild rebuild, SecondModel second, Progress progress) {
        LOG.info("The read model is made anew from the topics");
        try {
            try (second) {
                rebuild.run(second);
            }
            progress.done();
            LOG.info("The read model was made anew: {}", progress.state());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            progress.failed("The portal was stopped");
        } catch (RuntimeException e) {
            LOG.error("The read model could not be made anew; the one of before stays in use", e);
            progress.failed(String.valueOf(e.getMessage()));
        }
    }

    /// The one with this id, when this instance knows it.
    public synchronized Optional<RebuildState> find(String id) {
        return last().filter(it -> it.id().equals(id));
    }

    /// The last one of this instance.
    public synchronized Optional<RebuildState> last() {
        return Optional.ofNullable(last).map(Progress::state);
    }

    private Consumer<String, byte[]> consumer() {
        return consumers.open(Map.of(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_BYTES,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100));
    }

    @PreDestroy
    void stop() throws InterruptedException {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            running.interrupt();
            running.join(5_000);
        }
    }
}

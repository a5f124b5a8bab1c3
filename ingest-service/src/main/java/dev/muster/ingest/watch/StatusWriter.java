package dev.muster.ingest.watch;

import dev.muster.engine.library.Framework;
import dev.muster.ingest.connection.Connection;
import dev.muster.ingest.connection.Connections;
import dev.muster.ingest.declared.Declarations;
import dev.muster.ingest.declared.Declarations.Consequence;
import dev.muster.ingest.declared.Declarations.Decision;
import dev.muster.ingest.declared.Declarations.Write;
import dev.muster.ingest.settings.IngestSettings;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.ConnectionStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Writes down what was seen of the connections, every few seconds, and tells the fact of each whose trouble began or
/// ended. Status and fact are written as a whole, by one instance after the other.
@Component
final class StatusWriter implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    private final Connections connections;
    private final ConnectionWatch watch;
    private final Declarations<ConnectionStatus> statuses;
    private final ConnectionEntities entities;
    private final ConnectionMetrics metrics;
    private final Framework framework;
    private final Topics topics;
    private final Judging judging;
    private final long everyMillis;
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("connection-watch").unstarted(this::run);

    StatusWriter(
            Connections connections,
            ConnectionWatch watch,
            Declarations<ConnectionStatus> statuses,
            ConnectionEntities entities,
            ConnectionMetrics metrics,
            Framework framework,
            Topics topics,
            IngestSettings settings,
            InstantSource clock) {
        this.connections = connections;
        this.watch = watch;
        this.statuses = statuses;
        this.entities = entities;
        this.metrics = metrics;
        this.framework = framework;
        this.topics = topics;
        this.judging = new Judging(settings.watch());
        this.everyMillis = settings.watch().every().toMillis();
        this.clock = clock;
    }

    private void run() {
        var declared = false;
        try {
            while (!stopped.await(everyMillis, TimeUnit.MILLISECONDS)) {
                declared = declared || areDeclared();
                write();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean areDeclared() {
        try {
            entities.declare();
            return true;
        } catch (RuntimeException trouble) {
            LOG.info("the connections cannot be put into the catalogue right now: {}", trouble.getMessage());
            return false;
        }
    }

    /// Writes what was seen. What cannot be written is kept for the next time.
    void write() {
        var taken = watch.take();
        try {
            statuses.change(current -> decision(current, taken, clock.instant()));
        } catch (KafkaException trouble) {
            LOG.info("what was seen of the connections cannot be written right now: {}", trouble.getMessage());
            watch.giveBack(taken);
        } catch (RuntimeException bug) {
            LOG.error("the connections are not watched", bug);
            watch.giveBack(taken);
        }
    }

    private Decision<ConnectionStatus, Boolean> decision(
            Map<String, ConnectionStatus> current, Map<String, Seen> taken, Instant now) {
        var requestId = UUID.randomUUID().toString();
        var writes = new ArrayList<Write<ConnectionStatus>>();
        var facts = new ArrayList<Consequence<?>>();
        for (var connection : connections.all()) {
            var known = current.get(connection.name());
            var seen = taken.get(connection.name());
            if (seen == null && (known == null || isUntouched(known))) {
                if (known == null) {
                    writes.add(new Write<>(connection.name(), status(connection, null, null, now)));
                }
                continue;
            }
            var judged = status(connection, known, seen, now);
            metrics.show(judged);
            var due = ConnectionFact.isDue(known, judged, now);
            var status =
                    due ? ConnectionStatus.newBuilder(judged).setToldAt(now).build() : judged;
            if (due) {
                var fact = ConnectionFact.of(status, framework.facts(), requestId, now);
                facts.add(new Consequence<>(topics.facts(), fact.getSubject(), fact, "dev.muster.facts.observed.v1"));
            }
            if (due || seen != null) {
                writes.add(new Write<>(connection.name(), status));
            }
        }
        current.forEach((name, status) -> {
            if (isUntouched(status)
                    && connections.all().stream().noneMatch(it -> it.name().equals(name))) {
                writes.add(new Write<>(name, null));
            }
        });
        return new Decision<>(writes, facts, requestId, now, ConnectionEntities.ACTOR, !writes.isEmpty());
    }

    /// Whether nothing ever came: such a connection is written down so that others know that it is there,
    /// but is no fact, and is forgotten when it is not configured any more.
    private static boolean isUntouched(ConnectionStatus status) {
        return status.getAccepted() == 0 && status.getRejected() == 0 && status.getFailed() == 0;
    }

    private ConnectionStatus status(
            Connection connection, @Nullable ConnectionStatus known, @Nullable Seen seen, Instant now) {
        return judging.judged(
                judging.merged(connection.name(), connection.source().name(), known, seen), now);
    }

    @Override
    public void start() {
        thread.start();
    }

    /// Writes once more what was seen.
    @Override
    public void stop() {
        if (!isRunning()) {
            return;
        }
        stopped.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
            if (!thread.isAlive()) {
                write();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    /// After what is declared is followed, and stopped before it.
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 2;
    }
}

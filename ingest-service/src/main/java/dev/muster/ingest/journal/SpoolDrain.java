package dev.muster.ingest.journal;

import dev.muster.service.RecordNotAcknowledgedException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what waits in the spool to Kafka, in its order, for as long as the service runs.
///
/// A record leaves the spool when Kafka has it. While Kafka is away one record at a time asks whether it is back.
final class SpoolDrain implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolDrain.class);
    private static final int MAX_RECORDS = 500;
    private static final long MAX_BYTES = 8L * 1024 * 1024;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Spool spool;
    private final KafkaJournal kafka;
    private final SpoolMetrics metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("spool-drain").unstarted(this::run);

    SpoolDrain(Spool spool, KafkaJournal kafka, SpoolMetrics metrics) {
        this.spool = spool;
        this.kafka = kafka;
        this.metrics = metrics;
    }

    void start() {
        if (!spool.isEmpty()) {
            LOG.info("{} deliveries of an earlier run wait in the spool", spool.records());
        }
        thread.start();
    }

    private void run() {
        try {
            var away = false;
            while (stopped.getCount() > 0) {
                away = turn(away);
                if (away) {
                    var _ = stopped.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Drains some, and says whether Kafka is away after that.
    private boolean turn(boolean away) throws InterruptedException {
        try {
            var frames = spool.peek(away ? 1 : MAX_RECORDS, MAX_BYTES, POLL);
            var isAway = drain(frames) < frames.size();
            if (isAway && !away) {
                LOG.warn("Kafka takes no deliveries; {} wait in the spool", spool.records());
            } else if (away && !isAway) {
                LOG.info("Kafka takes deliveries again; {} are to be drained", spool.records());
            }
            return isAway;
        } catch (RuntimeException bug) {
            LOG.error("the spool could not be drained, and is tried again", bug);
            return true;
        }
    }

    /// How many of the first ones are done.
    private int drain(List<SpoolFrame> frames) throws InterruptedException {
        var sent = new ArrayList<CompletableFuture<RecordMetadata>>();
        for (var frame : frames) {
            sent.add(send(frame));
        }
        var done = 0;
        while (done < sent.size() && isDone(sent.get(done), frames.get(done))) {
            done++;
        }
        spool.remove(frames.subList(0, done));
        return done;
    }

    private CompletableFuture<RecordMetadata> send(SpoolFrame frame) {
        try {
            return kafka.sendInOrder(SpooledRecord.decoded(kafka.topic(), frame.payload()));
        } catch (IllegalArgumentException unreadable) {
            return CompletableFuture.failedFuture(unreadable);
        }
    }

    private boolean isDone(CompletableFuture<RecordMetadata> sent, SpoolFrame frame) throws InterruptedException {
        while (stopped.getCount() > 0) {
            try {
                sent.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
                metrics.drained();
                return true;
            } catch (TimeoutException _) {
                // the producer ends it by itself
            } catch (ExecutionException failed) {
                var reason = KafkaJournal.reason(failed);
                if (reason instanceof RecordNotAcknowledgedException) {
                    return false;
                }
                return isSetAside(frame, reason);
            }
        }
        return false;
    }

    /// What Kafka will never take must not keep back all that is behind it.
    private boolean isSetAside(SpoolFrame frame, Throwable reason) {
        try {
            var file = spool.setAside(frame);
            LOG.error("A delivery that Kafka will not take is set aside in {}: {}", file, reason.toString());
            metrics.setAside();
            return true;
        } catch (UncheckedIOException e) {
            LOG.error("A delivery that Kafka will not take cannot be set aside: {}", e.toString());
            return false;
        }
    }

    /// Ends within a second, or with the file that is being read.
    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

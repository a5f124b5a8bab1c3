package dev.muster.ingest.journal;

import dev.muster.ingest.meter.IngestMeters;
import dev.muster.ingest.source.OnError;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Delivery;
import dev.muster.service.ReliableProducer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/// The journal is a topic: kept means that all replicas in sync have it.
///
/// A spool for senders that never come back fits in front of it, as another [Journal] that asks this one first.
@Component
final class KafkaJournal implements Journal {

    /// The producer gives up by itself, after 2 s of looking for the broker or 6 s of waiting for it; this bounds both
    /// together.
    private static final long PATIENCE_MILLIS = 6_500;

    private final ReliableProducer producer;
    private final Topics topics;
    private final Timer kept;
    private final Timer notKept;

    KafkaJournal(ReliableProducer producer, Topics topics, MeterRegistry meters) {
        this.producer = producer;
        this.topics = topics;
        this.kept = IngestMeters.JOURNAL.timer(meters, "kept");
        this.notKept = IngestMeters.JOURNAL.timer(meters, "not_kept");
    }

    @Override
    public Outcome append(Delivery delivery, OnError onError) {
        var start = System.nanoTime();
        var outcome = send(delivery, start);
        (outcome instanceof Outcome.Kept ? kept : notKept).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        return outcome;
    }

    private Outcome send(Delivery delivery, long start) {
        var topic = topics.deliveries();
        var key = delivery.getConnection() + "/" + delivery.getId();
        var headers = CloudEventHeaders.of(
                delivery.getId(),
                "/muster/ingest/" + delivery.getConnection(),
                "dev.muster.delivery.received.v1",
                delivery.getReceivedAt(),
                delivery.getSource(),
                delivery.getId());
        try {
            var acknowledged = producer.send(topic, key, delivery, headers);
            var spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            acknowledged.get(Math.max(0, PATIENCE_MILLIS - spent), TimeUnit.MILLISECONDS);
            return new Outcome.Kept();
        } catch (ExecutionException failed) {
            return new Outcome.NotKept(String.valueOf(
                    failed.getCause() == null ? failed : failed.getCause().getMessage()));
        } catch (TimeoutException _) {
            return new Outcome.NotKept("no answer within " + PATIENCE_MILLIS + " ms");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Outcome.NotKept("the service is stopping");
        }
    }
}

package dev.muster.ingest.journal;

import dev.muster.ingest.source.OnError;
import dev.muster.schemas.v1.Delivery;
import dev.muster.service.RecordNotAcknowledgedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Asks Kafka first. What it does not take soon, from a sender that never comes back, goes to the [Spool].
///
/// While something waits there, such deliveries go behind it at once: Kafka is away or has just come back, the sender
/// hears of it within milliseconds, and what came first is journalled first.
final class SpoolingJournal implements Journal {

    private final KafkaJournal kafka;
    private final @Nullable Spooling spooling;

    /// What it takes to spool.
    ///
    /// @param patience how long Kafka may take before a delivery is spooled
    record Spooling(Spool spool, SpoolMetrics metrics, Duration patience) {}

    /// @param spooling null where there is no folder: then everybody is told to come back
    SpoolingJournal(KafkaJournal kafka, @Nullable Spooling spooling) {
        this.kafka = kafka;
        this.spooling = spooling;
    }

    @Override
    public Outcome append(Delivery delivery, OnError onError) {
        var since = System.nanoTime();
        ProducerRecord<byte[], byte[]> record;
        try {
            record = kafka.record(delivery);
        } catch (KafkaException unwritable) {
            return new Outcome.NotKept(String.valueOf(unwritable.getMessage()));
        }
        if (spooling == null || onError == OnError.RETRIES) {
            return kafka.await(kafka.send(record), since);
        }
        if (!spooling.spool().isEmpty()) {
            var spooled = spooled(spooling, delivery, record, since);
            return spooled instanceof Outcome.Kept ? spooled : kafka.await(kafka.send(record), since);
        }
        var sent = kafka.send(record);
        if (!isLate(sent, spooling.patience())) {
            return kafka.await(sent, since);
        }
        var spooled = spooled(spooling, delivery, record, since);
        return spooled instanceof Outcome.Kept ? spooled : kafka.await(sent, since);
    }

    /// Whether Kafka is at fault and has not taken it within the patience.
    private static boolean isLate(CompletableFuture<RecordMetadata> sent, Duration patience) {
        try {
            sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException _) {
            return true;
        } catch (ExecutionException failed) {
            return KafkaJournal.reason(failed) instanceof RecordNotAcknowledgedException;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Outcome spooled(
            Spooling spooling, Delivery delivery, ProducerRecord<byte[], byte[]> record, long since) {
        var frame = new SpoolFrame(delivery.getReceivedAt(), SpooledRecord.encoded(record));
        try {
            var left = KafkaJournal.PATIENCE.toNanos() - (System.nanoTime() - since);
            spooling.spool().append(frame).get(Math.max(0, left), TimeUnit.NANOSECONDS);
            spooling.metrics().spooled(since);
            return new Outcome.Kept();
        } catch (ExecutionException failed) {
            spooling.metrics().refused();
            return new Outcome.NotKept(
                    String.valueOf(KafkaJournal.reason(failed).getMessage()));
        } catch (TimeoutException _) {
            spooling.metrics().refused();
            return new Outcome.NotKept("the disk of the spool does not answer");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Outcome.NotKept("the service is stopping");
        }
    }
}

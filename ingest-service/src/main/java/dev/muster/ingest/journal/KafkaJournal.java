package dev.muster.ingest.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.meter.IngestMeters;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Delivery;
import dev.muster.service.ReliableProducer;
import dev.muster.service.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.stereotype.Component;

/// The topic of deliveries: kept means that all replicas in sync have it.
@Component
final class KafkaJournal implements AutoCloseable {

    /// The producer gives up by itself, after 2 s of looking for the broker or 6 s of waiting for it; this bounds both
    /// together.
    static final Duration PATIENCE = Duration.ofMillis(6_500);

    private final ReliableProducer producer;
    private final Topics topics;
    private final Traces traces;
    private final Timer kept;
    private final Timer notKept;

    /// A send may hold its thread for seconds while no broker is to be found.
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    KafkaJournal(ReliableProducer producer, Topics topics, Traces traces, MeterRegistry meters) {
        this.producer = producer;
        this.topics = topics;
        this.traces = traces;
        this.kept = IngestMeters.JOURNAL.timer(meters, "kept");
        this.notKept = IngestMeters.JOURNAL.timer(meters, "not_kept");
    }

    /// A delivery as it stands on the topic, with the trace of this thread.
    ///
    /// @throws org.apache.kafka.common.KafkaException when it cannot be written so
    ProducerRecord<byte[], byte[]> record(Delivery delivery) {
        var topic = topics.deliveries();
        var headers = CloudEventHeaders.of(
                delivery.getId(),
                "/muster/ingest/" + delivery.getConnection(),
                "dev.muster.delivery.received.v1",
                delivery.getReceivedAt(),
                delivery.getSource(),
                delivery.getId());
        var trace = traces.current();
        if (trace != null) {
            headers.add(CloudEventHeaders.TRACE_PARENT, trace.getBytes(UTF_8));
        }
        var key = delivery.getConnection() + "/" + delivery.getId();
        return new ProducerRecord<>(
                topic.name(),
                null,
                topic.key().serializer().serialize(topic.name(), headers, key),
                topic.value().serializer().serialize(topic.name(), headers, delivery),
                headers);
    }

    /// Name of the topic.
    String topic() {
        return topics.deliveries().name();
    }

    /// Begins to write, and never holds the caller.
    CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        var result = new CompletableFuture<RecordMetadata>();
        senders.execute(() -> {
            var _ = producer.send(record).whenComplete((metadata, failure) -> {
                if (failure == null) {
                    result.complete(metadata);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        });
        return result;
    }

    /// Begins to write behind what this thread sent before; holds it while no broker is to be found.
    CompletableFuture<RecordMetadata> sendInOrder(ProducerRecord<byte[], byte[]> record) {
        return producer.send(record);
    }

    /// Waits for what was sent.
    ///
    /// @param since when the delivery came, as [System#nanoTime]
    Journal.Outcome await(CompletableFuture<RecordMetadata> sent, long since) {
        var outcome = outcome(sent, since);
        (outcome instanceof Journal.Outcome.Kept ? kept : notKept)
                .record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
        return outcome;
    }

    private static Journal.Outcome outcome(CompletableFuture<RecordMetadata> sent, long since) {
        try {
            var left = PATIENCE.toNanos() - (System.nanoTime() - since);
            sent.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            return new Journal.Outcome.Kept();
        } catch (ExecutionException failed) {
            return new Journal.Outcome.NotKept(String.valueOf(reason(failed).getMessage()));
        } catch (TimeoutException _) {
            return new Journal.Outcome.NotKept("no answer within " + PATIENCE.toMillis() + " ms");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Journal.Outcome.NotKept("the service is stopping");
        }
    }

    /// What is behind the wrappers of futures.
    static Throwable reason(Throwable failed) {
        var reason = failed;
        while (reason.getCause() != null
                && (reason instanceof ExecutionException || reason instanceof CompletionException)) {
            reason = reason.getCause();
        }
        return reason;
    }

    @Override
    public void close() {
        senders.close();
    }
}

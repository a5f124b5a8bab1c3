package dev.muster.ingest.normaliser;

import dev.muster.ingest.source.Mapped;
import dev.muster.ingest.source.Mapper;
import dev.muster.ingest.source.Sources;
import dev.muster.ingest.watch.ConnectionWatch;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Delivery;
import dev.muster.service.DeadLetters;
import dev.muster.service.DeadRecord;
import dev.muster.service.Traces;
import io.micrometer.tracing.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Turns journalled deliveries into facts.
///
/// **Promises.** When [#accept] returns, every delivery of the batch is in facts, or is a dead letter, or
/// says nothing that anybody reads. When it throws, Kafka or the registry is in trouble, and the batch has
/// to come again: facts bear that.
@Component
final class Normaliser {

    private static final Logger LOG = LoggerFactory.getLogger(Normaliser.class);

    static final String STAGE = "normaliser";

    private final Sources sources;
    private final Mapper mapper;
    private final Topics topics;
    private final FactWriter facts;
    private final DeadLetters deadLetters;
    private final NormaliserMetrics metrics;
    private final ConnectionWatch watch;
    private final Traces traces;
    private final InstantSource clock;

    Normaliser(
            Sources sources,
            Mapper mapper,
            Topics topics,
            FactWriter facts,
            DeadLetters deadLetters,
            NormaliserMetrics metrics,
            ConnectionWatch watch,
            Traces traces,
            InstantSource clock) {
        this.sources = sources;
        this.mapper = mapper;
        this.topics = topics;
        this.facts = facts;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.watch = watch;
        this.traces = traces;
        this.clock = clock;
    }

    private record Sent(DeadRecord record, Instant receivedAt, CompletableFuture<RecordMetadata> acknowledged) {}

    /// Turns a batch into facts.
    ///
    /// @throws RuntimeException when something could not be written; nothing is lost, come again
    void accept(List<DeadRecord> batch) {
        try {
            var sent = new ArrayList<Sent>();
            for (var record : batch) {
                sent.addAll(traces.within(STAGE, Span.Kind.CONSUMER, record.traceParent(), () -> read(record)));
            }
            for (var one : sent) {
                await(one);
            }
        } catch (RuntimeException trouble) {
            LOG.warn("{} deliveries have to be read again: {}", batch.size(), trouble.getMessage());
            throw trouble;
        }
    }

    private List<Sent> read(DeadRecord record) {
        Delivery delivery;
        try {
            delivery = record.value() == null
                    ? null
                    : topics.deliveries().value().deserializer().deserialize(record.topic(), record.value());
        } catch (SerializationException unreadable) {
            giveUp(record, DeadLetterReason.UNREADABLE, String.valueOf(unreadable.getMessage()));
            return List.of();
        }
        if (delivery == null) {
            giveUp(record, DeadLetterReason.UNREADABLE, "the record has no value");
            return List.of();
        }
        traces.tell("muster.delivery", delivery.getId());
        var definition = sources.find(delivery.getSource());
        if (definition.isEmpty()) {
            watch.failed(delivery.getConnection(), "no source definition is called '" + delivery.getSource() + "'");
            giveUp(
                    record,
                    DeadLetterReason.UNKNOWN_SOURCE,
                    "no source definition is called '" + delivery.getSource() + "'");
            return List.of();
        }
        var mapped = mapper.map(definition.get(), delivery);
        var sent = new ArrayList<Sent>();
        for (var i = 0; i < mapped.facts().size(); i++) {
            sent.add(new Sent(
                    record, delivery.getReceivedAt(), facts.write(mapped.facts().get(i), i)));
        }
        if (!mapped.failures().isEmpty()) {
            giveUp(record, mapped.failures().getFirst().reason(), message(mapped.failures()));
        }
        metrics.count(definition.get().name(), mapped);
        watch.mapped(delivery, mapped);
        return sent;
    }

    private static String message(List<Mapped.Failure> failures) {
        var first = failures.getFirst().message();
        return failures.size() == 1 ? first : first + " (and " + (failures.size() - 1) + " more)";
    }

    private void await(Sent one) {
        try {
            one.acknowledged().join();
            metrics.written(one.receivedAt(), clock.instant());
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RecordTooLargeException) {
                giveUp(one.record(), DeadLetterReason.TOO_LARGE, "what follows from it is too large for one record");
            } else if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            } else {
                throw failed;
            }
        }
    }

    private void giveUp(DeadRecord record, DeadLetterReason reason, String message) {
        deadLetters.publish(record, STAGE, reason, message);
        metrics.countGivenUp(reason);
    }
}

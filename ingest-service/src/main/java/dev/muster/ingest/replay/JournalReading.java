package dev.muster.ingest.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.normaliser.FactWriter;
import dev.muster.ingest.source.Mapped;
import dev.muster.ingest.source.Mapper;
import dev.muster.ingest.source.Sources;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.service.DeadLetters;
import dev.muster.service.DeadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.springframework.stereotype.Component;

/// Maps journalled deliveries once more and tells what follows from them.
@Component
final class JournalReading {

    /// Where dead letters of a replay say that they come from.
    static final String STAGE = "replay";

    private final Sources sources;
    private final Mapper mapper;
    private final Topics topics;
    private final FactWriter facts;
    private final DeadLetters deadLetters;

    JournalReading(Sources sources, Mapper mapper, Topics topics, FactWriter facts, DeadLetters deadLetters) {
        this.sources = sources;
        this.mapper = mapper;
        this.topics = topics;
        this.facts = facts;
        this.deadLetters = deadLetters;
    }

    /// Name of the topic that holds the journal.
    String topic() {
        return topics.deliveries().name();
    }

    /// Reads a record, when the replay means it.
    ///
    /// @return what is being written because of it
    /// @throws RuntimeException when a dead letter could not be written
    List<CompletableFuture<?>> read(ConsumerRecord<byte[], byte[]> record, Replay replay) {
        var delivery = meant(record, replay.order());
        if (delivery.isEmpty()) {
            return List.of();
        }
        var mapped = sources.find(delivery.get().getSource())
                .map(definition -> mapper.map(definition, delivery.get()))
                .orElseGet(() -> unknown(delivery.get().getSource()));
        var failed = !mapped.failures().isEmpty();
        replay.mapped(mapped.facts().size(), mapped.wanted(), failed);
        if (replay.order().dryRun()) {
            return List.of();
        }
        if (failed) {
            var first = mapped.failures().getFirst();
            deadLetters.publish(DeadRecord.of(record), STAGE, first.reason(), first.message());
        }
        var written = new ArrayList<CompletableFuture<?>>();
        for (var i = 0; i < mapped.facts().size(); i++) {
            written.add(facts.write(revised(mapped.facts().get(i), replay.revision()), i));
        }
        return written;
    }

    private static Mapped unknown(String source) {
        return new Mapped(
                "",
                false,
                List.of(),
                List.of(new Mapped.Failure(
                        DeadLetterReason.UNKNOWN_SOURCE, "no source definition is called '" + source + "'")));
    }

    /// What cannot be read is a dead letter since it came, and says not whose it is.
    private Optional<Delivery> meant(ConsumerRecord<byte[], byte[]> record, Replay.Order order) {
        if (record.key() == null
                || record.value() == null
                || !new String(record.key(), UTF_8).startsWith(order.connection() + "/")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                            topics.deliveries().value().deserializer().deserialize(record.topic(), record.value()))
                    .filter(it -> !it.getReceivedAt().isBefore(order.since())
                            && it.getReceivedAt().isBefore(order.until()));
        } catch (SerializationException _) {
            return Optional.empty();
        }
    }

    private static FactsObserved revised(FactsObserved facts, long revision) {
        var changes = facts.getChanges().stream()
                .map(change ->
                        FactChange.newBuilder(change).setRevision(revision).build())
                .toList();
        return FactsObserved.newBuilder(facts).setChanges(changes).build();
    }
}

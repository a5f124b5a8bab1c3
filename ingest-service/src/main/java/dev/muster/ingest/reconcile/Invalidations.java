package dev.muster.ingest.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topic;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Follows the facts, and picks what one connection was told of without being told what.
///
/// The offset of what is pending is not committed: after a restart it is found again. The first time, only what comes
/// from then on counts: a snapshot reads all that was before.
final class Invalidations implements AutoCloseable {

    private final Topic<String, FactsObserved> topic;
    private final String connection;
    private final Function<String, Optional<Subject>> subjects;
    private final Duration coalesce;
    private final InstantSource clock;
    private final Pending pending = new Pending();
    private final KafkaConsumer<String, byte[]> consumer;
    private Map<TopicPartition, Long> committed = Map.of();
    private boolean assigned;

    /// @param kafka connection properties
    /// @param subjects reads a subject; empty when the connection cannot be asked about it
    Invalidations(
            Topic<String, FactsObserved> topic,
            Map<String, Object> kafka,
            String connection,
            Function<String, Optional<Subject>> subjects,
            Duration coalesce,
            InstantSource clock) {
        this.topic = topic;
        this.connection = connection;
        this.subjects = subjects;
        this.coalesce = coalesce;
        this.clock = clock;
        var config = new Properties();
        config.putAll(kafka);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, "muster-reconciler-" + connection);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    Pending pending() {
        return pending;
    }

    /// Takes in what is new.
    ///
    /// @param atMost how long to wait for it
    void poll(Duration atMost) {
        if (!assigned) {
            assign();
        }
        consumer.poll(atMost).forEach(this::take);
        commit();
    }

    private void assign() {
        var partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        assigned = true;
    }

    private void take(ConsumerRecord<String, byte[]> entry) {
        var subject = entry.key() == null ? Optional.<Subject>empty() : subjects.apply(entry.key());
        if (subject.isEmpty() || !isOurs(entry)) {
            return;
        }
        try {
            var observed = topic.value().deserializer().deserialize(topic.name(), entry.value());
            if (observed == null || observed.getOrigin().getSource().equals(Reading.SOURCE)) {
                return;
            }
            wanted(subject.get(), observed)
                    .ifPresent(wanted ->
                            pending.add(new TopicPartition(entry.topic(), entry.partition()), entry.offset(), wanted));
        } catch (SerializationException _) {
            // the evaluator makes a dead letter of it
        }
    }

    /// By a header, so that only what came in through the connection is read whole.
    private boolean isOurs(ConsumerRecord<String, byte[]> entry) {
        var source = entry.headers().lastHeader(CloudEventHeaders.SOURCE);
        return source != null
                && source.value() != null
                && new String(source.value(), UTF_8).equals("/muster/ingest/" + connection);
    }

    private Optional<Wanted> wanted(Subject subject, FactsObserved observed) {
        Set<String> facts = new HashSet<>();
        var at = Instant.MIN;
        for (FactChange change : observed.getChanges()) {
            if (change.getKind() == FactChangeKind.INVALIDATE) {
                facts.add(change.getFact());
                at = change.getSourceTime().isAfter(at) ? change.getSourceTime() : at;
            }
        }
        return facts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Wanted(subject, facts, at, clock.instant().plus(coalesce)));
    }

    private void commit() {
        var positions = new HashMap<TopicPartition, Long>();
        consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
        var settled = pending.settled(positions);
        if (!settled.equals(committed)) {
            var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
            settled.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
            consumer.commitSync(offsets);
            committed = Map.copyOf(settled);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}

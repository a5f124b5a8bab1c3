package dev.muster.portal.recorded;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.replay.Claimant;
import dev.muster.engine.replay.Replay;
import dev.muster.engine.result.Declared;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.records.DeclaredMapping;
import dev.muster.records.FactMapping;
import dev.muster.records.ScorecardMapping;
import dev.muster.records.UnusableRecordException;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Scorecard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// Tells a replay what stands on record, as the evaluator was told it. What the evaluator gave up is passed over.
public final class Retelling implements History.Reader {

    private final Topics topics;
    private final Replay replay;
    private final ScorecardCompiler compiler;

    public Retelling(Topics topics, Replay replay, ScorecardCompiler compiler) {
        this.topics = topics;
        this.replay = replay;
        this.compiler = compiler;
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
        var at = Instant.ofEpochMilli(record.timestamp());
        if (record.topic().equals(topics.facts().name())) {
            facts(topics.facts(), record)
                    .ifPresent(
                            it -> it.changes().forEach(change -> replay.take(at, it.subject(), change, it.movedAt())));
        } else if (record.key() != null) {
            try {
                declared(at, record);
            } catch (SerializationException _) {
                // stays as it was before
            }
        }
    }

    /// Changes that a record of facts tells.
    ///
    /// @param movedAt when what was told of another subject came to this one; null when it was told of this one
    public record Facts(
            String subject,
            List<FactChange> changes,
            @Nullable Instant movedAt) {}

    /// Reads a record of facts; empty for one that the evaluator gave up.
    public static Optional<Facts> facts(Topic<String, FactsObserved> topic, ConsumerRecord<String, byte[]> record) {
        try {
            var observed = read(topic, record);
            if (observed == null || !isKey(observed.getSubject(), record)) {
                return Optional.empty();
            }
            var moved = observed.getMoved();
            return Optional.of(new Facts(
                    observed.getSubject(), FactMapping.toEngine(observed), moved == null ? null : moved.getAt()));
        } catch (SerializationException | UnusableRecordException _) {
            return Optional.empty();
        }
    }

    private void declared(Instant at, ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(topics.catalog().name())) {
            entity(at, record, read(topics.catalog(), record));
        } else {
            scorecard(at, record, read(topics.scorecards(), record));
        }
    }

    private void entity(Instant at, ConsumerRecord<String, byte[]> record, @Nullable Entity it) {
        if (it == null) {
            var by = new Declared(at, null, CloudEventHeaders.correlationId(record.headers()));
            replay.delete(at, record.key(), by);
        } else if (isKey(it.getRef(), record)) {
            replay.declare(at, claimant(it), DeclaredMapping.of(it));
        }
    }

    private void scorecard(Instant at, ConsumerRecord<String, byte[]> record, @Nullable Scorecard it) {
        if (it == null) {
            replay.withdraw(at, new Declared(at, null, null));
        } else if (isKey(it.getName(), record)) {
            var version = compiler.compile(ScorecardMapping.toEngine(it), it.getVersion());
            replay.publish(at, version, DeclaredMapping.of(it));
        }
    }

    private static Claimant claimant(Entity it) {
        return new Claimant(ScorecardMapping.toEngine(it), Set.copyOf(it.getClaims()), it.getPaths());
    }

    /// Reads a record of a topic.
    ///
    /// @return null for a tombstone
    /// @throws SerializationException when it does not read
    public static <V extends SpecificRecord> @Nullable V read(
            Topic<String, V> topic, ConsumerRecord<?, byte[]> record) {
        return record.value() == null ? null : topic.value().deserializer().deserialize(topic.name(), record.value());
    }

    private static boolean isKey(String name, ConsumerRecord<String, byte[]> record) {
        return name.equals(record.key());
    }
}

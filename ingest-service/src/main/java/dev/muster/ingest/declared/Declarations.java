package dev.muster.ingest.declared;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topic;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import dev.muster.service.SoleWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// Declarations of one kind: what is declared now, and how to change it, one change after the other.
///
/// **Promises.** A change is decided on everything that was declared before it, by whichever instance of ingest, and is
/// written as a whole, with all that follows from it on other topics, or not at all.
///
/// @param <V> value
public final class Declarations<V extends SpecificRecord> implements AutoCloseable {

    private static final int ATTEMPTS = 10;

    /// Instances that take the right to write from each other step back for up to this long.
    private static final Duration STEP_BACK = Duration.ofMillis(200);

    private final Topic<String, V> topic;
    private final DeclaredTopic<V> declared;
    private final SoleWriter writer;
    private final String eventType;
    private final ReentrantLock lock = new ReentrantLock();

    /// Declarations on one topic.
    ///
    /// @param writer for this topic alone
    /// @param eventType first part of the CloudEvents type, such as `dev.muster.entity`
    public Declarations(Topic<String, V> topic, DeclaredTopic<V> declared, SoleWriter writer, String eventType) {
        this.topic = topic;
        this.declared = declared;
        this.writer = writer;
        this.eventType = eventType;
    }

    /// What is declared as of now, by key.
    public Map<String, V> current() {
        return declared.current();
    }

    /// Whether what was declared before the start is known.
    public boolean isLoaded() {
        return declared.isLoaded();
    }

    /// What was decided.
    ///
    /// @param writes what to write; nothing for a dry run
    /// @param also what follows from it on other topics: there with it, or not at all
    /// @param requestId correlation id of all that follows
    /// @param actor who decided it; every record says so in a header, the one that deletes too
    public record Decision<V, T>(
            List<Write<V>> writes, List<Consequence<?>> also, String requestId, Instant at, String actor, T answer) {

        public Decision {
            writes = List.copyOf(writes);
            also = List.copyOf(also);
        }

        /// A decision with nothing that follows from it.
        public Decision(List<Write<V>> writes, String requestId, Instant at, String actor, T answer) {
            this(writes, List.of(), requestId, at, actor, answer);
        }
    }

    /// A record of another topic that a decision brings about.
    ///
    /// @param eventType the CloudEvents type, such as `dev.muster.facts.observed.v1`
    public record Consequence<W extends SpecificRecord>(
            Topic<String, W> topic, String key, W value, String eventType) {}

    /// One change to write.
    ///
    /// @param value null deletes
    public record Write<V>(String key, @Nullable V value) {}

    /// Decides and writes, and returns the answer when Kafka has all of it. Where nothing is to be written, nobody is
    /// kept from writing.
    ///
    /// @param decide a function of what is declared, asked again when another instance was faster
    public <T> T change(Function<Map<String, V>, Decision<V, T>> decide) {
        lock.lock();
        try {
            for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
                var decision = decide.apply(current());
                if (!decision.writes().isEmpty() && writer.take()) {
                    decision = decide.apply(current());
                }
                if (decision.writes().isEmpty() || isWritten(records(decision))) {
                    return decision.answer();
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(STEP_BACK.toNanos()));
            }
        } finally {
            lock.unlock();
        }
        throw new UnavailableException(
                "other instances declare on " + topic.name() + " at the same time, and were always faster");
    }

    private List<ProducerRecord<byte[], byte[]>> records(Decision<V, ?> decision) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var write : decision.writes()) {
            var type = eventType + (write.value() == null ? ".deleted.v1" : ".declared.v1");
            records.add(record(topic, write.key(), write.value(), type, decision, records.size()));
        }
        for (var consequence : decision.also()) {
            records.add(record(consequence, decision, records.size()));
        }
        return records;
    }

    private static <W extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
            Consequence<W> consequence, Decision<?, ?> decision, int index) {
        return record(
                consequence.topic(), consequence.key(), consequence.value(), consequence.eventType(), decision, index);
    }

    private static <W extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
            Topic<String, W> topic, String key, @Nullable W value, String type, Decision<?, ?> decision, int index) {
        var headers = CloudEventHeaders.of(
                decision.requestId() + "/" + index,
                "/muster/ingest/api",
                type,
                decision.at(),
                key,
                decision.requestId());
        CloudEventHeaders.putActor(headers, decision.actor());
        return new ProducerRecord<>(
                topic.name(),
                null,
                topic.key().serializer().serialize(topic.name(), headers, key),
                topic.value().serializer().serialize(topic.name(), headers, value),
                headers);
    }

    private boolean isWritten(List<ProducerRecord<byte[], byte[]>> records) {
        try {
            var written = writer.write(records);
            written.ifPresent(declared::expect);
            return written.isPresent();
        } catch (RecordTooLargeException _) {
            throw Problem.of(ProblemType.BODY_TOO_LARGE, "One of them does not fit into a record")
                    .asException();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            writer.close();
        } finally {
            lock.unlock();
        }
    }
}

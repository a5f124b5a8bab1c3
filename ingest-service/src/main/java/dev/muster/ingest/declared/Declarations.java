package dev.muster.ingest.declared;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topic;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import dev.muster.service.ReliableProducer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// Declarations of one kind: what is declared now, and how to change it, one change after the other.
///
/// @param <V> value
public final class Declarations<V extends SpecificRecord> {

    private final Topic<String, V> topic;
    private final DeclaredTopic<V> declared;
    private final ReliableProducer producer;
    private final String eventType;
    private final ReentrantLock lock = new ReentrantLock();

    /// Declarations on one topic.
    ///
    /// @param eventType first part of the CloudEvents type, such as `dev.muster.entity`
    public Declarations(
            Topic<String, V> topic, DeclaredTopic<V> declared, ReliableProducer producer, String eventType) {
        this.topic = topic;
        this.declared = declared;
        this.producer = producer;
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

    /// Runs a change that depends on what is declared, while no other change of this instance runs.
    public <T> T exclusively(Function<Map<String, V>, T> change) {
        lock.lock();
        try {
            return change.apply(current());
        } finally {
            lock.unlock();
        }
    }

    /// One change to write.
    ///
    /// @param value null deletes
    public record Write<V>(String key, @Nullable V value) {}

    /// Writes and returns when Kafka has all of it. After a failure a part may be written: the same call again mends
    /// it.
    public void write(Iterable<Write<V>> writes, String requestId, Instant at) {
        var sent = new ArrayList<CompletableFuture<?>>();
        var index = 0;
        for (var write : writes) {
            var headers = CloudEventHeaders.of(
                    requestId + "/" + index++,
                    "/muster/ingest/api",
                    eventType + (write.value() == null ? ".deleted.v1" : ".declared.v1"),
                    at,
                    write.key(),
                    requestId);
            sent.add(producer.send(topic, write.key(), write.value(), headers));
        }
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException failed) {
            throw switch (failed.getCause()) {
                case RecordTooLargeException _ ->
                    Problem.of(ProblemType.BODY_TOO_LARGE, "One of them does not fit into a record")
                            .asException();
                case RuntimeException cause -> cause;
                case null, default -> failed;
            };
        }
    }
}

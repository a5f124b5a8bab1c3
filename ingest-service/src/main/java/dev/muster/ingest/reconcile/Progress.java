package dev.muster.ingest.reconcile;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topic;
import dev.muster.schemas.v1.Reconciliation;
import dev.muster.schemas.v1.ReconciliationKind;
import dev.muster.service.ReliableProducer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How far one connection came, kept on a compacted topic. For the one instance that works.
final class Progress {

    private final Topic<String, Reconciliation> topic;
    private final ReliableProducer producer;
    private final String connection;
    private final InstantSource clock;
    private final Map<String, Reconciliation> known = new ConcurrentHashMap<>();

    /// @param known everything on the topic
    Progress(
            Topic<String, Reconciliation> topic,
            ReliableProducer producer,
            String connection,
            InstantSource clock,
            Map<String, Reconciliation> known) {
        this.topic = topic;
        this.producer = producer;
        this.connection = connection;
        this.clock = clock;
        known.forEach((key, value) -> {
            if (value.getConnection().equals(connection)) {
                this.known.put(key, value);
            }
        });
    }

    Optional<Reconciliation> find(ReconciliationKind kind, String subject) {
        return Optional.ofNullable(known.get(key(kind, subject)));
    }

    List<Reconciliation> all(ReconciliationKind kind) {
        return known.values().stream().filter(it -> it.getKind() == kind).toList();
    }

    /// When it last ended well; null when it never did.
    @Nullable
    Instant reconciledAt(ReconciliationKind kind, String subject) {
        return find(kind, subject).map(Reconciliation::getReconciledAt).orElse(null);
    }

    /// One that begins with what is known of it.
    Reconciliation.Builder about(ReconciliationKind kind, String subject) {
        var before = find(kind, subject);
        return before.isPresent()
                ? Reconciliation.newBuilder(before.get()).setDetail(null)
                : Reconciliation.newBuilder()
                        .setConnection(connection)
                        .setKind(kind)
                        .setSubject(subject);
    }

    /// Returns once it is durable.
    void put(Reconciliation reconciliation) {
        write(key(reconciliation.getKind(), reconciliation.getSubject()), reconciliation);
    }

    void forget(ReconciliationKind kind, String subject) {
        write(key(kind, subject), null);
    }

    private void write(String key, @Nullable Reconciliation value) {
        var id = UUID.randomUUID().toString();
        var headers = CloudEventHeaders.of(
                id,
                "/muster/ingest/" + connection,
                value == null ? "dev.muster.reconciliation.forgotten.v1" : "dev.muster.reconciliation.changed.v1",
                clock.instant(),
                key,
                null);
        producer.sendAndWait(topic, key, value, headers);
        if (value == null) {
            known.remove(key);
        } else {
            known.put(key, value);
        }
    }

    private String key(ReconciliationKind kind, String subject) {
        return connection + "/" + kind + "/" + subject;
    }
}

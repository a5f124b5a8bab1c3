package dev.muster.notifier.audit;

import dev.muster.notifier.ledger.Outbox;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.AuditEntry;
import dev.muster.service.ReliableProducer;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/// Publishes the entries of the audit trail that wait in the ledger.
@Component
public class AuditRelay {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Outbox<Audit.Entry> outbox;
    private final ReliableProducer producer;
    private final Topics topics;

    AuditRelay(
            PlatformTransactionManager transactions,
            JdbcClient db,
            ReliableProducer producer,
            Topics topics,
            InstantSource clock) {
        this.outbox = new Outbox<>(
                transactions,
                db,
                clock,
                "audit",
                "o.body::text",
                (row, _) -> JSON.readValue(row.getString(2), Audit.Entry.class));
        this.producer = producer;
        this.topics = topics;
    }

    /// Publishes what waits, up to a bound. True when there was anything.
    ///
    /// @throws RuntimeException when Kafka does not take it; nothing is lost then
    public boolean step() {
        return outbox.step(this::publish, _ -> {});
    }

    private CompletableFuture<?> publish(Audit.Entry it) {
        var deed = it.deed();
        var entry = AuditEntry.newBuilder()
                .setAt(it.at())
                .setActor(deed.actor())
                .setAction(deed.action())
                .setEntity(deed.about())
                .setRule(deed.rule())
                .setScorecard(deed.scorecard())
                .setId(deed.id())
                .setBefore(deed.before())
                .setAfter(deed.after())
                .setComment(deed.comment())
                .setRequestId(it.requestId())
                .build();
        return producer.send(
                topics.audit(),
                deed.about(),
                entry,
                CloudEventHeaders.of(
                        it.requestId(),
                        "/muster/notifier",
                        "dev.muster.audit.entry.v1",
                        it.at(),
                        deed.about(),
                        it.requestId()));
    }
}

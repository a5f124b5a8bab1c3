package dev.muster.notifier.audit;

import dev.muster.notifier.ledger.Sql;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.AuditEntry;
import dev.muster.service.ReliableProducer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Publishes the entries of the audit trail that wait in the ledger, in order. A crash in between publishes
/// some again, with the same ids.
@Component
public class AuditRelay {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int BATCH = 100;

    private final TransactionTemplate transaction;
    private final JdbcClient db;
    private final ReliableProducer producer;
    private final Topics topics;
    private final InstantSource clock;

    AuditRelay(
            PlatformTransactionManager transactions,
            JdbcClient db,
            ReliableProducer producer,
            Topics topics,
            InstantSource clock) {
        this.transaction = new TransactionTemplate(transactions);
        this.db = db;
        this.producer = producer;
        this.topics = topics;
        this.clock = clock;
    }

    private record Waiting(long seq, Audit.Entry entry) {}

    /// Publishes what waits, up to a bound. True when there was anything.
    ///
    /// @throws RuntimeException when Kafka does not take it; nothing is lost then
    public boolean step() {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var waiting = waiting();
            if (waiting.isEmpty()) {
                return false;
            }
            var sent = waiting.stream().map(it -> publish(it.entry())).toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(sent).join();
            db.sql("update audit set published_at = :now where seq in (:seqs)")
                    .param("now", Sql.at(clock.instant()))
                    .param("seqs", waiting.stream().map(Waiting::seq).toList())
                    .update();
            return true;
        }));
    }

    private List<Waiting> waiting() {
        return db.sql("""
                        select seq, body::text from audit where published_at is null
                        order by seq limit :batch for update skip locked
                        """)
                .param("batch", BATCH)
                .query((row, _) -> new Waiting(row.getLong(1), JSON.readValue(row.getString(2), Audit.Entry.class)))
                .list();
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

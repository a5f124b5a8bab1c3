package dev.muster.notifier.receipt;

import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Receipt;
import dev.muster.schemas.v1.ReceiptState;
import dev.muster.service.DeadLetters;
import dev.muster.service.ReliableProducer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Publishes the receipts that wait in the ledger, in order, and a dead letter with each that says FAILED. A
/// crash in between publishes some again, with the same ids.
@Component
public class ReceiptRelay {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int BATCH = 100;

    private final TransactionTemplate transaction;
    private final JdbcClient db;
    private final ReliableProducer producer;
    private final Topics topics;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private final NotifierMetrics metrics;

    ReceiptRelay(
            PlatformTransactionManager transactions,
            JdbcClient db,
            ReliableProducer producer,
            Topics topics,
            DeadLetters deadLetters,
            InstantSource clock,
            NotifierMetrics metrics) {
        this.transaction = new TransactionTemplate(transactions);
        this.db = db;
        this.producer = producer;
        this.topics = topics;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// @param content what the notification says, as JSON; null when it never became a message
    private record Waiting(
            long seq, Receipts.Body body, @Nullable String content) {}

    /// Publishes what waits, up to a bound. True when there was anything.
    ///
    /// @throws RuntimeException when Kafka does not take it; nothing is lost then
    public boolean step() {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var waiting = waiting();
            if (waiting.isEmpty()) {
                return false;
            }
            var sent = waiting.stream().map(it -> publish(it.body())).toList();
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
            waiting.stream().filter(it -> it.body().state().equals("FAILED")).forEach(this::bury);
            db.sql("update receipts set published_at = :now where seq in (:seqs)")
                    .param("now", Sql.at(clock.instant()))
                    .param("seqs", waiting.stream().map(Waiting::seq).toList())
                    .update();
            metrics.receipts(waiting.size());
            return true;
        }));
    }

    private List<Waiting> waiting() {
        return db.sql("""
                        select r.seq, r.body::text,
                            (select n.content::text from notifications n where n.id = r.notification_id) as content
                        from receipts r where r.published_at is null
                        order by r.seq limit :batch for update skip locked
                        """)
                .param("batch", BATCH)
                .query((row, _) -> new Waiting(
                        row.getLong(1), JSON.readValue(row.getString(2), Receipts.Body.class), row.getString(3)))
                .list();
    }

    private void bury(Waiting it) {
        deadLetters.publish(
                Undelivered.record(it.seq(), it.body(), it.content()),
                "delivery",
                DeadLetterReason.NOT_DELIVERED,
                Undelivered.sentence(it.body()));
    }

    private CompletableFuture<?> publish(Receipts.Body it) {
        return producer.send(topics.receipts(), it.notificationId(), avro(it), headers(it));
    }

    private static Headers headers(Receipts.Body it) {
        var headers = CloudEventHeaders.of(
                it.notificationId() + "/" + it.channel() + "/" + it.destination() + "/" + it.state(),
                "/muster/notifier",
                "dev.muster.receipt." + it.state().toLowerCase(Locale.ROOT) + ".v1",
                it.at(),
                it.notificationId(),
                it.deliveryIds().isEmpty() ? null : it.deliveryIds().getFirst());
        if (it.trace() != null) {
            headers.add(CloudEventHeaders.TRACE_PARENT, it.trace().getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static Receipt avro(Receipts.Body it) {
        return Receipt.newBuilder()
                .setNotificationId(it.notificationId())
                .setChannel(it.channel())
                .setDestination(it.destination())
                .setState(ReceiptState.valueOf(it.state()))
                .setReason(it.reason())
                .setAttempts(it.attempts())
                .setAt(it.at())
                .setOwner(it.owner())
                .setEntities(it.entities())
                .setTransitionIds(it.transitionIds())
                .setDeliveryIds(it.deliveryIds())
                .build();
    }
}

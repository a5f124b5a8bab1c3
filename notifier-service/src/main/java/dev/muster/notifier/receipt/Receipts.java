package dev.muster.notifier.receipt;

import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.transition.Transition;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Receipts on their way out. They are written in the transaction that ends what they tell, so that none is lost;
/// [ReceiptRelay] publishes them.
@Component
public class Receipts {

    /// Channel and destination of a receipt that is about no destination.
    public static final String NONE = "none";

    /// Transitions, entities and deliveries that one receipt names, so that it stays small.
    private static final int MOST = 1000;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient db;

    Receipts(JdbcClient db) {
        this.db = db;
    }

    /// A receipt as it waits in the ledger.
    ///
    /// @param state name of a `ReceiptState`
    /// @param trace what it belongs to, as a header, or null
    record Body(
            String notificationId,
            String channel,
            String destination,
            String state,
            @Nullable String reason,
            int attempts,
            Instant at,
            @Nullable String owner,
            List<String> entities,
            List<String> transitionIds,
            List<String> deliveryIds,
            @Nullable String trace) {}

    private record Told(@Nullable String owner, @Nullable String trace) {}

    /// How a notification ended at a destination.
    public void ended(
            String notification,
            String channel,
            String destination,
            String state,
            @Nullable Enum<?> reason,
            int attempts,
            Instant at) {
        var about = db.sql("select owner, trace_parent from notifications where id = :id")
                .param("id", notification)
                .query((row, _) -> new Told(row.getString(1), row.getString(2)))
                .single();
        var told = db.sql("""
                        select id, entity, delivery_id from transitions
                        where (notification_id = :id
                            or id in (select transition_id from copies where notification_id = :id))
                          and (state = 'GROUPED' or :state = 'SUPPRESSED') order by accepted_at, id limit :most
                        """)
                .param("id", notification)
                .param("state", state)
                .param("most", MOST)
                .query((row, _) -> new String[] {row.getString(1), row.getString(2), row.getString(3)})
                .list();
        write(new Body(
                notification,
                channel,
                destination,
                state,
                reason == null ? null : reason.name(),
                attempts,
                at,
                about.owner(),
                Stream.concat(told.stream().map(it -> it[1]), reminded(notification, state).stream())
                        .distinct()
                        .toList(),
                told.stream().map(it -> it[0]).toList(),
                told.stream()
                        .map(it -> it[2])
                        .filter(java.util.Objects::nonNull)
                        .distinct()
                        .toList(),
                about.trace()));
    }

    private List<String> reminded(String notification, String state) {
        return db.sql("""
                        select distinct entity from reminded_entities
                        where notification_id = :id and (not dropped or :state = 'SUPPRESSED') order by entity limit :most
                        """)
                .param("id", notification)
                .param("state", state)
                .param("most", MOST)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// A regression or recovery that nobody will hear of. Its own id stands for the notification that it never
    /// became.
    public void suppressed(Transition it, @Nullable String owner, Enum<?> reason, @Nullable String trace, Instant at) {
        write(suppression(it, owner, reason, trace, at));
    }

    /// The receipt of [#suppressed] as JSON, for who writes it down together with the transition.
    public static String suppressedAsJson(
            Transition it, @Nullable String owner, Enum<?> reason, @Nullable String trace, Instant at) {
        return JSON.writeValueAsString(suppression(it, owner, reason, trace, at));
    }

    private static Body suppression(
            Transition it, @Nullable String owner, Enum<?> reason, @Nullable String trace, Instant at) {
        var delivery = it.cause().deliveryId();
        return new Body(
                it.id(),
                NONE,
                NONE,
                "SUPPRESSED",
                reason.name(),
                0,
                at,
                owner,
                List.of(it.entity()),
                List.of(it.id()),
                delivery == null ? List.of() : List.of(delivery),
                trace);
    }

    private void write(Body body) {
        db.sql("insert into receipts (notification_id, body, created_at) values (:id, :body::jsonb, :at)")
                .param("id", body.notificationId())
                .param("body", JSON.writeValueAsString(body))
                .param("at", Sql.at(body.at()))
                .update();
    }
}

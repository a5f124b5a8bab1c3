package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.receipt.Receipts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Tries again what failed for good: at once, as often and as long as at first, with the same ids, and where its
/// destinations are by now.
///
/// A notification that reached nobody, because there was no destination or it could not be made, has no delivery to try
/// again: it is made and routed anew. Its destination is called [Receipts#NONE].
@Component
public class Redriving {

    private static final String FAILED = """
            d.state = 'FAILED' and (:notification::text is null or d.notification_id = :notification)
              and (:destination::text is null or d.destination = :destination)
            """;

    /// Of a notification with a delivery that is under way something reaches somebody.
    private static final String TOLD_NOBODY = """
            n.state = 'FAILED' and (:notification::text is null or n.id = :notification)
              and not exists (select 1 from deliveries r where r.notification_id = n.id and r.state = 'READY')
            """;

    private final JdbcClient db;
    private final Lanes lanes;
    private final Addressing addressing;
    private final DeliverySettings settings;
    private final InstantSource clock;

    Redriving(JdbcClient db, Lanes lanes, Addressing addressing, DeliverySettings settings, InstantSource clock) {
        this.db = db;
        this.lanes = lanes;
        this.addressing = addressing;
        this.settings = settings;
        this.clock = clock;
    }

    /// Owners of all that [#redrive] would try again; an empty text among them when something has none.
    public List<String> owners(@Nullable String notification, @Nullable String destination) {
        return sql("""
                        select coalesce(n.owner, '') from deliveries d join notifications n on n.id = d.notification_id
                        where %s
                        union
                        select coalesce(n.owner, '') from notifications n where %s and :nobody
                        """.formatted(FAILED, TOLD_NOBODY), notification, destination)
                .param("nobody", isNobody(destination))
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// How many deliveries are tried, and notifications that reached nobody.
    ///
    /// @param notification only of this one; null for all
    /// @param destination only to the destination of this name; null for all
    @Transactional
    public int redrive(@Nullable String notification, @Nullable String destination) {
        var now = clock.instant();
        // Before their deliveries, as everybody does.
        sql("""
                        select n.id from notifications n
                        where n.id in (select d.notification_id from deliveries d where %s) order by n.id for update
                        """.formatted(FAILED), notification, destination)
                .query((row, _) -> row.getString(1))
                .list();
        var again = new ArrayList<String>();
        for (var was : failed(notification, destination)) {
            var to = addressing.again(was.channel(), was.name()).orElse(was);
            again.addAll(enqueue(was, to, notification, now));
        }
        if (!again.isEmpty()) {
            goOn(again.stream().distinct().toList());
        }
        return again.size() + (isNobody(destination) ? makeAnew(notification, now) : 0);
    }

    private static boolean isNobody(@Nullable String destination) {
        return destination == null || destination.equals(Receipts.NONE);
    }

    private StatementSpec sql(String sql, @Nullable String notification, @Nullable String destination) {
        return db.sql(sql).param("notification", notification).param("destination", destination);
    }

    private List<Destination> failed(@Nullable String notification, @Nullable String destination) {
        return sql(
                        "select distinct d.channel, d.destination, d.address from deliveries d where " + FAILED,
                        notification,
                        destination)
                .query((row, _) ->
                        new Destination(ChannelName.of(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
    }

    /// Puts what failed at `was` into the queue of `to`, where the notification does not go there already. The lanes of
    /// all that is.
    private List<String> enqueue(Destination was, Destination to, @Nullable String notification, Instant now) {
        return sql("""
                        update deliveries d set state = 'READY', reason = null, detail = null, plain = false, attempts = 0,
                            ended_at = null, next_attempt_at = :now, expires_at = :expires,
                            channel = :channel, address = :address, lane = :lane
                        where %s and d.channel = :was and d.address is not distinct from :wasAddress::text
                          and not exists (
                            select 1 from deliveries o
                            where o.notification_id = d.notification_id and o.lane = :lane and o.id <> d.id)
                        returning lane
                        """.formatted(FAILED), notification, was.name())
                .param("now", Sql.at(now))
                .param("expires", Sql.at(now.plus(settings.budget())))
                .param("channel", to.channel().label())
                .param("address", to.address())
                .param("lane", to.lane())
                .param("was", was.channel().label())
                .param("wasAddress", was.address())
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// Lets notifications that reached nobody end their wait once more, by which they are made, silenced and routed
    /// like any other. Nothing joins them.
    private int makeAnew(@Nullable String notification, Instant now) {
        return db.sql("""
                        update notifications n set state = 'GATHERING', reason = null, closed_at = null, due_at = :now, silence_id = null,
                            group_key = 'redriven|' || n.id
                        where %s
                        """.formatted(TOLD_NOBODY))
                .param("notification", notification)
                .param("now", Sql.at(now))
                .update();
    }

    /// Who asks for it knows that the receiver works again; what the receiver asked for itself is still kept. A
    /// notification that has something under way is no failure any more.
    private void goOn(List<String> again) {
        lanes.release(again);
        db.sql("delete from pauses where key in (:lanes) and reason = :failing")
                .param("lanes", again)
                .param("failing", Recording.FAILING)
                .update();
        db.sql("""
                        update notifications n set state = 'READY', reason = null
                        where n.state = 'FAILED' and n.content is not null
                          and exists (select 1 from deliveries d where d.notification_id = n.id and d.state = 'READY')
                        """).update();
    }
}

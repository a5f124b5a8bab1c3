package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.message.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Deliveries that are due, shared by all instances: each is claimed by one, for as long as its lease lasts.
@Component
class DeliveryQueue {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient db;

    DeliveryQueue(JdbcClient db) {
        this.db = db;
    }

    /// A claimed delivery.
    ///
    /// @param lease proof of the claim; only who has it may record the end
    /// @param content the message as JSON, read when it is sent, so that one that cannot be read fails alone
    /// @param trace what the message belongs to, as a header, or null
    record Claimed(
            long id,
            String lease,
            ChannelName channel,
            String lane,
            String notificationId,
            String threadId,
            String destination,
            @Nullable String address,
            @Nullable String notice,
            boolean plain,
            @Nullable String threadRef,
            String content,
            @Nullable String trace,
            int attempts,
            Instant createdAt,
            Instant expiresAt) {

        Envelope envelope() {
            return new Envelope(
                    notificationId,
                    threadId,
                    destination,
                    address,
                    notice,
                    JSON.readValue(content, Message.class),
                    plain,
                    threadRef,
                    createdAt);
        }

        /// Leaves the address and what is said out.
        @Override
        public String toString() {
            return "notification %s at %s destination '%s'".formatted(notificationId, channel.label(), destination);
        }
    }

    /// Claims what is due: one message a lane at a time, none of a lane or channel that is paused, and no answer
    /// before the message that it answers has ended there.
    List<Claimed> claim(int most, Instant now, Duration lease) {
        var key = UUID.randomUUID().toString();
        return db.sql("""
                        with due as (
                            select d.id from deliveries d
                            where d.state = 'READY' and d.next_attempt_at <= :now
                              and (d.leased_until is null or d.leased_until <= :now)
                              and not exists (select 1 from pauses p where p.until > :now and p.key in (d.lane, d.channel))
                              and not exists (
                                  select 1 from deliveries o
                                  where o.state = 'READY' and o.lane = d.lane and o.id <> d.id
                                    and (o.leased_until > :now
                                      or (o.id < d.id and (o.next_attempt_at <= :now or o.thread_id = d.thread_id))))
                            order by d.next_attempt_at, d.id
                            limit :most
                            for update of d skip locked)
                        update deliveries d set lease = :lease, leased_until = :until, attempts = d.attempts + 1
                        from due, notifications n where d.id = due.id and n.id = d.notification_id
                        returning d.id, d.lease, d.channel, d.lane, d.notification_id, d.thread_id, d.destination, d.address, d.notice,
                            d.plain, d.created_at, d.attempts, d.expires_at, n.content::text as content, n.trace_parent,
                            (select r.channel_ref from deliveries r
                             where r.notification_id = d.thread_id and r.lane = d.lane) as thread_ref
                        """)
                .param("now", Sql.at(now))
                .param("most", most)
                .param("lease", key)
                .param("until", Sql.at(now.plus(lease)))
                .query((row, _) -> claimed(row))
                .list();
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        return new Claimed(
                row.getLong("id"),
                row.getString("lease"),
                ChannelName.of(row.getString("channel")),
                row.getString("lane"),
                row.getString("notification_id"),
                row.getString("thread_id"),
                row.getString("destination"),
                row.getString("address"),
                row.getString("notice"),
                row.getBoolean("plain"),
                row.getString("thread_ref"),
                row.getString("content"),
                row.getString("trace_parent"),
                row.getInt("attempts"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "expires_at"));
    }

    /// Ends a delivery. False when the claim was lost meanwhile.
    boolean end(
            Claimed it,
            String state,
            @Nullable FailedBecause reason,
            @Nullable String detail,
            @Nullable String channelRef,
            Instant now) {
        return db.sql("""
                        update deliveries set state = :state, reason = :reason, detail = :detail, channel_ref = :ref, ended_at = :now,
                            lease = null, leased_until = null
                        where id = :id and lease = :lease and state = 'READY'
                        """)
                        .param("id", it.id())
                        .param("lease", it.lease())
                        .param("state", state)
                        .param("reason", reason == null ? null : reason.name())
                        .param("detail", detail)
                        .param("ref", channelRef)
                        .param("now", Sql.at(now))
                        .update()
                == 1;
    }

    /// Gives a delivery back to be tried at `next`, perhaps in its plain form.
    void again(Claimed it, FailedBecause reason, String detail, boolean plain, Instant next) {
        db.sql("""
                        update deliveries set next_attempt_at = :next, reason = :reason, detail = :detail, plain = :plain,
                            lease = null, leased_until = null
                        where id = :id and lease = :lease and state = 'READY'
                        """)
                .param("id", it.id())
                .param("lease", it.lease())
                .param("next", Sql.at(next))
                .param("reason", reason.name())
                .param("detail", detail)
                .param("plain", plain)
                .update();
    }

    /// Nothing goes to the lane or channel `key` before `until`. An earlier, longer pause stays.
    void pause(String key, Instant until, String reason) {
        db.sql("""
                        insert into pauses (key, until, reason) values (:key, :until, :reason)
                        on conflict (key) do update set until = excluded.until, reason = excluded.reason
                        where pauses.until < excluded.until
                        """)
                .param("key", key)
                .param("until", Sql.at(until))
                .param("reason", reason)
                .update();
    }

    /// How long the oldest delivery has waited that has not ended; zero when none waits.
    Duration oldest(Instant now) {
        return db.sql("select min(created_at) as since from deliveries where state = 'READY'")
                .query((row, _) -> Optional.ofNullable(Sql.instantOrNull(row, "since")))
                .single()
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
    }

    /// How many deliveries wait, by channel.
    Map<ChannelName, Long> waiting() {
        return db
                .sql("select channel, count(*) from deliveries where state = 'READY' group by channel")
                .query((row, _) -> Map.entry(ChannelName.of(row.getString(1)), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}

package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.silence.SnoozeLinks;
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
import tools.jackson.core.type.TypeReference;
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
    /// @param root the message that began the thread, as JSON
    /// @param matters what it is about, as JSON
    /// @param content the message as JSON, read when it is sent, so that one that cannot be read fails alone
    /// @param trace what the message belongs to, as a header, or null
    /// @param refused how often in a row its receiver was said not to be there
    /// @param claimedAt when it was claimed
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
            @Nullable String root,
            String matters,
            String content,
            @Nullable String trace,
            int attempts,
            int refused,
            Instant createdAt,
            Instant expiresAt,
            Instant claimedAt) {

        Envelope envelope(SnoozeLinks links) {
            var message = JSON.readValue(content, Message.class);
            return new Envelope(
                    notificationId,
                    threadId,
                    destination,
                    address,
                    notice,
                    message,
                    plain,
                    threadRef,
                    root == null ? null : JSON.readValue(root, Message.class),
                    JSON.readValue(matters, new TypeReference<>() {}),
                    message.direction() == Direction.REGRESSION ? links.of(id, createdAt) : List.of(),
                    createdAt);
        }

        /// Leaves the address and what is said out.
        @Override
        public String toString() {
            return "notification %s at %s destination '%s'".formatted(notificationId, channel.label(), destination);
        }
    }

    /// A channel that something is due for.
    ///
    /// @param down whether the one server before its destinations is in trouble
    record Due(ChannelName channel, boolean down) {}

    /// Channels that something is due for, but for those that are paused.
    List<Due> due(Instant now) {
        return db.sql("""
                        select c.channel, exists (select 1 from troubles t where t.lane = c.channel) as down
                        from (select distinct channel from deliveries where state = 'READY' and next_attempt_at <= :now) c
                        where not exists (select 1 from pauses p where p.key = c.channel and p.until > :now)
                        order by c.channel
                        """)
                .param("now", Sql.at(now))
                .query((row, _) -> new Due(ChannelName.of(row.getString("channel")), row.getBoolean("down")))
                .list();
    }

    /// Claims what is due: one message a lane at a time, none of a lane or channel that is paused, and no answer
    /// before the message that it answers has ended there. Leases go by the clock of the database, so that
    /// instances whose clocks differ take nothing from each other.
    ///
    /// @param troubled whether to claim for lanes whose last attempt failed, or for the others
    List<Claimed> claim(ChannelName channel, int most, boolean troubled, Instant now, Duration lease) {
        var key = UUID.randomUUID().toString();
        return db.sql("""
                        with due as (
                            select d.id from deliveries d
                            where d.state = 'READY' and d.channel = :channel and d.next_attempt_at <= :now
                              and (d.leased_until is null or d.leased_until <= now())
                              and exists (select 1 from troubles t where t.lane = d.lane) = :troubled
                              and not exists (select 1 from pauses p where p.until > :now and p.key in (d.lane, d.channel))
                              and not exists (
                                  select 1 from deliveries o
                                  where o.state = 'READY' and o.lane = d.lane and o.id <> d.id
                                    and (o.leased_until > now()
                                      or (o.id < d.id and (o.next_attempt_at <= :now or o.thread_id = d.thread_id))))
                            order by d.next_attempt_at, d.id
                            limit :most
                            for update of d skip locked)
                        update deliveries d set lease = :lease, leased_until = now() + make_interval(secs => :seconds), attempts = d.attempts + 1
                        from due, notifications n where d.id = due.id and n.id = d.notification_id
                        returning d.id, d.lease, d.channel, d.lane, d.notification_id, d.thread_id, d.destination, d.address, d.notice,
                            d.plain, d.created_at, d.attempts, d.expires_at, n.content::text as content, n.trace_parent,
                            coalesce((select t.refused from troubles t where t.lane = d.lane), 0) as refused,
                            (select r.channel_ref from deliveries r
                             where r.notification_id = d.thread_id and r.lane = d.lane) as thread_ref,
                            (select r.content::text from notifications r
                             where r.id = d.thread_id and d.thread_id <> d.notification_id) as root,
                            (select coalesce(json_agg(json_build_object('id', m.thread_id, 'open', m.open)), '[]')::text from (
                                select e.thread_id, exists (
                                    select 1 from episodes o where o.thread_id = e.thread_id and o.closed_at is null) as open
                                from (select g.episode_id, g.state from transitions g where g.notification_id = d.notification_id
                                      union
                                      select g.episode_id, g.state from copies c join transitions g on g.id = c.transition_id
                                      where c.notification_id = d.notification_id) t
                                    join episodes e on e.id = t.episode_id
                                where t.state = 'GROUPED' and e.thread_id is not null
                                group by e.thread_id) m) as matters
                        """)
                .param("channel", channel.label())
                .param("now", Sql.at(now))
                .param("most", most)
                .param("troubled", troubled)
                .param("lease", key)
                .param("seconds", lease.toMillis() / 1000.0)
                .query((row, _) -> claimed(row, now))
                .list();
    }

    private static Claimed claimed(ResultSet row, Instant now) throws SQLException {
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
                row.getString("root"),
                row.getString("matters"),
                row.getString("content"),
                row.getString("trace_parent"),
                row.getInt("attempts"),
                row.getInt("refused"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "expires_at"),
                now);
    }

    /// Ends a delivery. False when the claim was lost meanwhile.
    boolean end(
            Claimed it,
            String state,
            @Nullable Enum<?> reason,
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

package dev.muster.notifier.ledger;

import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.text.Digest;
import dev.muster.notifier.transition.Transition;
import dev.muster.routing.HeldBecause;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Notifications while they gather, and their deliveries as they are put in the queue. Every method runs in the
/// transaction of its caller.
@Component
public class Notifications {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient db;

    Notifications(JdbcClient db) {
        this.db = db;
    }

    /// A notification whose wait is over.
    ///
    /// @param route path of the node that it goes by
    /// @param held why it waited
    public record Due(
            String id,
            Direction direction,
            @Nullable String owner,
            String threadId,
            String route,
            HeldBecause held,
            Instant createdAt) {}

    /// How a notification waits.
    ///
    /// @param route path of the node that it goes by
    /// @param until when its wait is over
    public record Wait(String route, HeldBecause because, Instant until) {}

    /// A transition that a notification tells.
    ///
    /// @param reason why by this notification, null when it is the one of its own owner, cause and route
    /// @param copied whether another notification tells it first
    /// @param escalated whether this one tells the parent team of it
    /// @param openedAt when its episode began
    /// @param acceptedAt when it was consumed
    /// @param thread notification that told the episode first
    /// @param unresolved rules of its episode that are still broken
    public record Told(
            Transition transition,
            @Nullable String thread,
            Set<String> unresolved,
            @Nullable String owner,
            @Nullable GroupedBecause reason,
            boolean copied,
            boolean escalated,
            Instant openedAt,
            Instant acceptedAt) {}

    /// The notification that gathers under `key`, begun when there is none.
    ///
    /// @param thread notification that it answers, null when it begins a thread
    /// @param first transition that begins it; gives the id, so that the id is the same in every replay
    /// @param trace trace of that transition, which the message continues; null when it is part of none
    public String join(
            Direction direction,
            String key,
            @Nullable String owner,
            @Nullable String thread,
            String first,
            @Nullable String trace,
            Instant now,
            Wait wait) {
        var id = Digest.of("notification", key, first);
        var joined = db.sql("""
                        insert into notifications (id, group_key, direction, owner, thread_id, trace_parent, state, created_at, due_at, route,
                            held_because)
                        values (:id, :key, :direction, :owner, :thread, :trace, 'GATHERING', :now, :due, :route, :held)
                        on conflict (group_key) where state = 'GATHERING' do update set group_key = excluded.group_key
                        returning id, xmax = 0 as begun
                        """)
                .param("id", id)
                .param("key", key)
                .param("direction", direction.name())
                .param("owner", owner)
                .param("thread", thread == null ? id : thread)
                .param("trace", trace)
                .param("now", Sql.at(now))
                .param("due", Sql.at(wait.until()))
                .param("route", wait.route())
                .param("held", wait.because().name())
                .query((row, _) -> Map.entry(row.getString("id"), row.getBoolean("begun")))
                .single();
        if (joined.getValue()) {
            db.sql("""
                            insert into holds (notification_id, reason, since, until) values (:id, :reason, :now, :until)
                            """)
                    .param("id", joined.getKey())
                    .param("reason", wait.because().name())
                    .param("now", Sql.at(now))
                    .param("until", Sql.at(wait.until()))
                    .update();
        }
        return joined.getKey();
    }

    /// Whom a notification is for; nobody when what it tells has no owner.
    public record Owner(@Nullable String ref) {}

    /// The owner of the notification that waits longest for its end, which is over; nothing is locked.
    public Optional<Owner> due(Instant now) {
        return db.sql("""
                        select owner from notifications where state = 'GATHERING' and due_at <= :now
                        order by due_at, id limit 1
                        """)
                .param("now", Sql.at(now))
                .query((row, _) -> new Owner(row.getString(1)))
                .optional();
    }

    /// One notification of `owner` whose wait is over, locked, what tells first before what tells besides,
    /// and what began earlier before what began later; one that somebody else holds is passed over.
    public Optional<Due> claimDue(Owner owner, Instant now) {
        return db.sql("""
                        select id, direction, owner, thread_id, route, held_because, created_at from notifications n
                        where state = 'GATHERING' and due_at <= :now and owner is not distinct from :owner::text
                        order by due_at, exists (select 1 from copies c where c.notification_id = n.id), created_at, id
                        limit 1 for update skip locked
                        """)
                .param("now", Sql.at(now))
                .param("owner", owner.ref())
                .query((row, _) -> new Due(
                        row.getString(1),
                        Direction.valueOf(row.getString(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        HeldBecause.valueOf(row.getString(6)),
                        Sql.instant(row, "created_at")))
                .optional();
    }

    /// What the notification tells, in the order in which it was consumed. What it tells besides another
    /// one only while it is so, or when it was held because that went back and forth.
    public List<Told> told(String notification) {
        return db.sql("""
                        select t.body::text, e.thread_id, e.rules::text, t.notification_id <> :id as copied, t.owner, t.reason, e.opened_at, t.accepted_at,
                            coalesce(c.escalated, false) as escalated
                        from transitions t join episodes e on e.id = t.episode_id
                            left join copies c on c.transition_id = t.id and c.notification_id = :id
                        where t.state = 'GROUPED' and (t.notification_id = :id
                          or (t.id in (select transition_id from copies where notification_id = :id)
                            and (t.kind <> 'REGRESSED' or e.closed_at is null or e.closed_by = t.id or t.reason = 'FLAPPING' and exists (
                              select 1 from holds h where h.notification_id = :id and h.reason = 'FLAPPING'))))
                        order by t.accepted_at, t.version
                        """)
                .param("id", notification)
                .query((row, _) -> new Told(
                        JSON.readValue(row.getString(1), Transition.class),
                        row.getString(2),
                        JSON.readValue(row.getString(3), new TypeReference<>() {}),
                        row.getString("owner"),
                        row.getString("reason") == null ? null : GroupedBecause.valueOf(row.getString("reason")),
                        row.getBoolean("copied"),
                        row.getBoolean("escalated"),
                        Sql.instant(row, "opened_at"),
                        Sql.instant(row, "accepted_at")))
                .list();
    }

    /// What the notification `id` said, once its wait was over.
    public Optional<Message> content(String id) {
        return db.sql("select content::text from notifications where id = :id and content is not null")
                .param("id", id)
                .query((row, _) -> JSON.readValue(row.getString(1), Message.class))
                .optional();
    }

    /// Where the thread that the notification `id` began went or is still going, and what else told regressions of the
    /// same episodes as `transitions`.
    public List<Destination> destinations(String id, Collection<String> transitions) {
        return db.sql("""
                        select channel, destination, address from (
                            select distinct on (lane) id, channel, destination, address from deliveries
                            where state <> 'FAILED' and (thread_id = :id or notification_id in (
                                select o.notification_id
                                from transitions t join transitions o on o.episode_id = t.episode_id
                                where t.id = any (:transitions) and o.kind = 'REGRESSED' and o.state = 'GROUPED'))
                            order by lane, id) lanes
                        order by id
                        """)
                .param("id", id)
                .param("transitions", transitions.toArray(String[]::new))
                .query((row, _) ->
                        new Destination(ChannelName.of(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
    }

    /// Lanes at which other notifications told each of `transitions`, by its id; what tells parent teams tells nobody
    /// else.
    public Map<String, Set<String>> heard(String id, Collection<String> transitions) {
        return transitions.isEmpty()
                ? Map.of()
                : db
                        .sql("""
                        select told.transition_id, d.lane
                        from (select t.id as transition_id, t.notification_id from transitions t where t.id in (:transitions)
                              union
                              select c.transition_id, c.notification_id from copies c
                              where c.transition_id in (:transitions) and not c.escalated) told
                            join deliveries d on d.notification_id = told.notification_id
                        where told.notification_id <> :id and d.state not in ('FAILED', 'SUPPRESSED')
                        """)
                        .param("id", id)
                        .param("transitions", transitions)
                        .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    /// The wait is over and there is something to send.
    ///
    /// @param routedBecause why it goes where it goes
    public void ready(String id, String thread, Message content, Enum<?> routedBecause, Instant now) {
        db.sql("""
                        update notifications set state = 'READY', direction = :direction, thread_id = :thread,
                            content = :content::jsonb, routed_because = :routed, closed_at = :now
                        where id = :id
                        """)
                .param("id", id)
                .param("routed", routedBecause.name())
                .param("direction", content.direction().name())
                .param("thread", thread)
                .param("content", JSON.writeValueAsString(content))
                .param("now", Sql.at(now))
                .update();
    }

    /// The wait is over and nothing is left to tell.
    public void suppressed(String id, SuppressedBecause reason, Instant now) {
        end(id, "SUPPRESSED", reason.name(), now);
    }

    /// Nobody can be told.
    public void failed(String id, FailedBecause reason, Instant now) {
        end(id, "FAILED", reason.name(), now);
    }

    private void end(String id, String state, String reason, Instant now) {
        db.sql("update notifications set state = :state, reason = :reason, closed_at = :now where id = :id")
                .param("id", id)
                .param("state", state)
                .param("reason", reason)
                .param("now", Sql.at(now))
                .update();
    }

    /// Until the transaction ends, nobody else puts deliveries of the notification in the queue: two that fail at the
    /// same time would wait for each other.
    public void lock(String id) {
        db.sql("select id from notifications where id = :id for update")
                .param("id", id)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// Puts a delivery in the queue, due at once. False when the notification goes there already.
    ///
    /// @param notice what to say above the message, null for nothing
    /// @param expires when trying ends
    public boolean enqueue(
            String id, String thread, Destination to, @Nullable String notice, Instant now, Instant expires) {
        return insert(id, thread, to, notice, "READY", null, now, expires);
    }

    /// Notes that the notification cannot go to `to`. False when that is known.
    public boolean unservable(String id, String thread, Destination to, FailedBecause reason, Instant now) {
        return insert(id, thread, to, null, "FAILED", reason, now, now);
    }

    private boolean insert(
            String id,
            String thread,
            Destination to,
            @Nullable String notice,
            String state,
            @Nullable FailedBecause reason,
            Instant now,
            Instant expires) {
        return db.sql("""
                        insert into deliveries (notification_id, thread_id, channel, destination, address, lane, notice, state, reason,
                            created_at, expires_at, next_attempt_at, ended_at)
                        values (:id, :thread, :channel, :destination, :address, :lane, :notice, :state, :reason,
                            :now, :expires, :now, case when :state = 'FAILED' then :now end)
                        on conflict (notification_id, lane) do nothing
                        """)
                        .param("id", id)
                        .param("thread", thread)
                        .param("channel", to.channel().label())
                        .param("destination", to.name())
                        .param("address", to.address())
                        .param("lane", to.lane())
                        .param("notice", notice)
                        .param("state", state)
                        .param("reason", reason == null ? null : reason.name())
                        .param("now", Sql.at(now))
                        .param("expires", Sql.at(expires))
                        .update()
                == 1;
    }
}

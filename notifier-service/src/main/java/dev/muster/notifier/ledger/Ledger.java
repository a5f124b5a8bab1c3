package dev.muster.notifier.ledger;

import dev.muster.notifier.transition.Transition;
import dev.muster.routing.HeldBecause;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Transitions, and what was decided about each. Every method runs in the transaction of its caller.
@Component
public class Ledger {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Whom a notification is for that has no owner.
    private static final String NOBODY = "";

    private final JdbcClient db;

    Ledger(JdbcClient db) {
        this.db = db;
    }

    /// Writes `it` down, suppressed until something else is decided. False when it is there already.
    public boolean insert(Transition it, @Nullable String owner, Instant now) {
        return db.sql("""
                        insert into transitions (id, entity, scorecard, version, kind, owner, delivery_id, lost, accepted_at, body, state)
                        values (:id, :entity, :scorecard, :version, :kind, :owner, :delivery, :lost, :now, :body::jsonb, 'SUPPRESSED')
                        on conflict (id) do nothing
                        """)
                        .param("id", it.id())
                        .param("entity", it.entity())
                        .param("scorecard", it.scorecard())
                        .param("version", it.version())
                        .param("kind", it.kind().name())
                        .param("owner", owner)
                        .param("delivery", it.cause().deliveryId())
                        .param("lost", it.lost())
                        .param("now", Sql.at(now))
                        .param("body", JSON.writeValueAsString(it))
                        .update()
                == 1;
    }

    /// Nobody will hear of the transition.
    public void suppress(String transition, @Nullable String episode, SuppressedBecause reason) {
        db.sql("update transitions set state = 'SUPPRESSED', reason = :reason, episode_id = :episode where id = :id")
                .param("id", transition)
                .param("episode", episode)
                .param("reason", reason.name())
                .update();
    }

    /// The transition is told by the notification.
    ///
    /// @param reason why by this one, null when it is the one of its own owner, cause and route
    public void group(String transition, String episode, String notification, @Nullable GroupedBecause reason) {
        db.sql("""
                        update transitions set state = 'GROUPED', reason = :reason, episode_id = :episode,
                            notification_id = :notification
                        where id = :id
                        """)
                .param("id", transition)
                .param("reason", reason == null ? null : reason.name())
                .param("episode", episode)
                .param("notification", notification)
                .update();
    }

    /// Until the transaction ends, nobody else gathers or closes notifications of `owner`: they lock
    /// several, each in an order of its own. To be called before any of them is locked.
    public void alone(@Nullable String owner) {
        alone(Set.of(Objects.requireNonNullElse(owner, NOBODY)));
    }

    /// As [#alone], also for the owners of all notifications that tell the open episode of the result
    /// of `it`, or wait to tell anything of it: those of a parent team, and of whoever owned the entity
    /// before.
    public void alone(Transition it, @Nullable String owner) {
        var owners = new HashSet<>(db.sql("""
                        with told as (
                            select t.id, t.notification_id from transitions t
                            where t.entity = :entity and t.scorecard = :scorecard and t.state = 'GROUPED' and (
                                exists (select 1 from notifications n where n.id = t.notification_id and n.state = 'GATHERING')
                                or t.episode_id = (
                                    select id from episodes
                                    where entity = :entity and scorecard = :scorecard and closed_at is null)))
                        select distinct coalesce(n.owner, '') from notifications n where n.id in (
                            select notification_id from told
                            union all
                            select c.notification_id from copies c join told on told.id = c.transition_id)
                        """)
                .param("entity", it.entity())
                .param("scorecard", it.scorecard())
                .query(String.class)
                .list());
        owners.add(Objects.requireNonNullElse(owner, NOBODY));
        alone(owners);
    }

    private void alone(Set<String> owners) {
        db.sql("""
                        select pg_advisory_xact_lock(lock) from (
                            select distinct hashtextextended(owner, 6) as lock from unnest(:owners::text[]) as owner order by lock) locks
                        """)
                .param("owners", owners.toArray(String[]::new))
                .query((_, _) -> true)
                .list();
    }

    /// Transitions that wait are told to nobody any more.
    ///
    /// @param flapping whether also those that wait because something went back and forth
    public void withdraw(Collection<String> transitions, SuppressedBecause reason, boolean flapping) {
        if (!transitions.isEmpty()) {
            db.sql("""
                            update transitions set state = 'SUPPRESSED', reason = :reason
                            where id in (:ids) and state = 'GROUPED' and (:flapping or reason is distinct from 'FLAPPING')
                            """)
                    .param("ids", transitions)
                    .param("reason", reason.name())
                    .param("flapping", flapping)
                    .update();
        }
    }

    /// A transition whose message still gathers.
    ///
    /// @param rules that changed, and not only in words
    /// @param lost level that it lost, null for none
    /// @param reason why by this message, null when it is the one of its own owner, cause and route
    /// @param held why its message waits
    public record Waiting(
            String transition,
            String notification,
            boolean regression,
            Set<String> rules,
            @Nullable String lost,
            @Nullable GroupedBecause reason,
            HeldBecause held) {

        public Waiting {
            rules = Set.copyOf(rules);
        }
    }

    /// Transitions of a result whose messages still gather, locked with their notifications.
    public List<Waiting> waiting(String entity, String scorecard) {
        return db.sql("""
                        select t.id, t.notification_id, t.kind, t.lost, t.reason, n.held_because,
                            array_to_json(array(select changed_rules(t.body)))::text as rules
                        from transitions t join notifications n on n.id = t.notification_id
                        where t.entity = :entity and t.scorecard = :scorecard and t.state = 'GROUPED' and n.state = 'GATHERING'
                        order by t.accepted_at, t.version for update of n
                        """)
                .param("entity", entity)
                .param("scorecard", scorecard)
                .query((row, _) -> new Waiting(
                        row.getString("id"),
                        row.getString("notification_id"),
                        row.getString("kind").equals("REGRESSED"),
                        JSON.readValue(row.getString("rules"), new TypeReference<>() {}),
                        row.getString("lost"),
                        row.getString("reason") == null ? null : GroupedBecause.valueOf(row.getString("reason")),
                        HeldBecause.valueOf(row.getString("held_because"))))
                .list();
    }

    /// Forgets what ended before `before`, at most `limit` notifications and transitions. How many were forgotten.
    public int forget(Instant before, int limit) {
        var notifications = db.sql("""
                        delete from notifications where id in (
                            select n.id from notifications n
                            where n.created_at < :before and n.state <> 'GATHERING'
                              and not exists (select 1 from deliveries d where d.notification_id = n.id and d.state = 'READY')
                              and not exists (select 1 from episodes e where e.thread_id = n.id and e.closed_at is null)
                            limit :limit)
                        """)
                .param("before", Sql.at(before))
                .param("limit", limit)
                .update();
        var transitions = db.sql("""
                        delete from transitions where id in (
                            select id from transitions where accepted_at < :before and notification_id is null limit :limit)
                        """)
                .param("before", Sql.at(before))
                .param("limit", limit)
                .update();
        db.sql("delete from episodes where closed_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from silences where coalesce(ended_at, ends_at) < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from silent_connections where ended_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from reminders where ends_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from reports where ends_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from receipts where published_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from audit where published_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from paces where full_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from troubles where last_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from pauses where until < :before")
                .param("before", Sql.at(before))
                .update();
        return notifications + transitions;
    }
}

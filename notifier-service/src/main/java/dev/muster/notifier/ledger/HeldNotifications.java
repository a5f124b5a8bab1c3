package dev.muster.notifier.ledger;

import dev.muster.notifier.message.Direction;
import dev.muster.routing.HeldBecause;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Notifications that wait: what joins another one, and until when they are held. Every method runs in
/// the transaction of its caller.
@Component
public class HeldNotifications {

    private final JdbcClient db;

    HeldNotifications(JdbcClient db) {
        this.db = db;
    }

    /// Transitions are told by `to` in place of another notification that waits; one that has nothing
    /// left to tell is gone. What only ends incidents stays so. An episode that was told by the other
    /// one first goes along, unless that still tells a regression of it.
    public void move(Collection<String> transitions, String to, GroupedBecause reason) {
        if (transitions.isEmpty()) {
            return;
        }
        var left = db.sql("""
                        with moved as (
                            update transitions t set notification_id = :to,
                                reason = case when t.reason = 'INCIDENT' then t.reason else :reason end
                            from transitions old
                            where t.id in (:transitions) and old.id = t.id and t.notification_id <> :to and t.state = 'GROUPED'
                            returning t.episode_id, old.notification_id as was),
                        threads as (
                            update episodes e set thread_id = :to from moved m
                            where e.id = m.episode_id and e.thread_id = m.was and not exists (
                                select 1 from transitions stays
                                where stays.episode_id = e.id and stays.notification_id = m.was and stays.kind = 'REGRESSED'
                                  and stays.state = 'GROUPED' and stays.id not in (:transitions)))
                        select distinct was from moved
                        """)
                .param("transitions", transitions)
                .param("to", to)
                .param("reason", reason.name())
                .query((row, _) -> row.getString(1))
                .list();
        drop(left);
    }

    /// As [#move], of transitions that `from` tells besides another notification.
    public void moveCopies(String from, Collection<String> transitions, String to) {
        if (transitions.isEmpty()) {
            return;
        }
        db.sql("""
                        with moved as (
                            delete from copies where notification_id = :from and transition_id in (:transitions)
                            returning transition_id, escalated)
                        insert into copies (notification_id, transition_id, escalated)
                        select :to, m.transition_id, m.escalated from moved m join transitions t on t.id = m.transition_id
                        where t.notification_id is distinct from :to
                        on conflict do nothing
                        """)
                .param("from", from)
                .param("transitions", transitions)
                .param("to", to)
                .update();
        drop(List.of(from));
    }

    private void drop(List<String> notifications) {
        if (!notifications.isEmpty()) {
            db.sql("""
                            delete from notifications n where n.id in (:ids) and n.state = 'GATHERING'
                              and not exists (select 1 from transitions t where t.notification_id = n.id)
                              and not exists (select 1 from copies c where c.notification_id = n.id)
                            """).param("ids", notifications).update();
        }
    }

    /// The notification also tells a transition that another one tells first.
    ///
    /// @param escalated whether it tells the parent team
    public void copy(String notification, String transition, boolean escalated) {
        db.sql("""
                        insert into copies (notification_id, transition_id, escalated)
                        values (:notification, :transition, :escalated) on conflict do nothing
                        """)
                .param("notification", notification)
                .param("transition", transition)
                .param("escalated", escalated)
                .update();
    }

    /// The notification, which leaves now, is the one that tells first what it was to tell besides others that still
    /// wait; they tell it besides. Nothing of what goes back and forth.
    public void lead(String id) {
        db.sql("""
                        with waiting as (
                            select n.id from notifications n
                            where n.state = 'GATHERING' and n.held_because <> 'FLAPPING' and n.id in (
                                select t.notification_id from copies c join transitions t on t.id = c.transition_id
                                where c.notification_id = :id and not c.escalated and t.state = 'GROUPED'
                                  and t.reason is distinct from 'FLAPPING')
                            order by n.id for update of n skip locked),
                        led as (
                            delete from copies c using transitions t
                            where c.notification_id = :id and not c.escalated and t.id = c.transition_id
                              and t.notification_id in (select id from waiting)
                            returning t.id, t.episode_id, t.notification_id as was),
                        moved as (
                            update transitions t set notification_id = :id from led where t.id = led.id and t.state = 'GROUPED'),
                        threads as (
                            update episodes e set thread_id = :id from led where e.id = led.episode_id and e.thread_id = led.was)
                        insert into copies (notification_id, transition_id) select was, id from led on conflict do nothing
                        """).param("id", id).update();
    }

    /// Notifications that wait to tell what goes back and forth of a result besides another one, each with whether it
    /// tells the parent team.
    public Map<String, Boolean> flapping(String entity, String scorecard) {
        return db
                .sql("""
                        select n.id, bool_or(c.escalated) as escalated
                        from notifications n join copies c on c.notification_id = n.id join transitions t on t.id = c.transition_id
                        where n.state = 'GATHERING' and n.held_because = 'FLAPPING'
                          and t.entity = :entity and t.scorecard = :scorecard
                        group by n.id order by n.id
                        """)
                .param("entity", entity)
                .param("scorecard", scorecard)
                .query((row, _) -> Map.entry(row.getString(1), row.getBoolean(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// What another notification of the same owner and route gathers to tell besides others of a result
    /// is told by `to`, in its thread when it answers one; as far as it tells of one of `rules`, or all
    /// of it when there are none.
    public void gatherCopies(
            String entity, String scorecard, Set<String> rules, @Nullable String owner, String route, String to) {
        var from = db.sql("""
                        select n.id, n.thread_id, c.transition_id
                        from notifications n join copies c on c.notification_id = n.id join transitions t on t.id = c.transition_id
                        where n.state = 'GATHERING' and n.held_because = 'GROUPING' and n.id <> :to
                          and n.owner is not distinct from :owner::text and n.route = :route
                          and t.entity = :entity and t.scorecard = :scorecard and t.reason is distinct from 'INCIDENT'
                          and (cardinality(:rules) = 0 or exists (
                            select 1 from changed_rules(t.body) as rule where rule = any (:rules)))
                        order by n.id, c.transition_id
                        """)
                .param("entity", entity)
                .param("scorecard", scorecard)
                .param("rules", rules.toArray(String[]::new))
                .param("owner", owner)
                .param("route", route)
                .param("to", to)
                .query((row, _) -> new Gathered(row.getString(1), row.getString(2), row.getString(3)))
                .list();
        for (var it : from) {
            if (!it.thread().equals(it.notification())) {
                db.sql("update notifications set thread_id = :thread where id = :to and thread_id = id")
                        .param("thread", it.thread())
                        .param("to", to)
                        .update();
            }
            moveCopies(it.notification(), List.of(it.transition()), to);
        }
    }

    private record Gathered(String notification, String thread, String transition) {}

    /// The notification does not leave before `until`.
    ///
    /// @param silence what silences it, null when nothing does
    public void postpone(String id, HeldBecause reason, @Nullable String silence, Instant now, Instant until) {
        if (holdOn(id, reason, silence, until) == 0) {
            db.sql("""
                            insert into holds (notification_id, reason, since, until, silence_id)
                            values (:id, :reason, :now, :until, :silence)
                            """)
                    .param("id", id)
                    .param("reason", reason.name())
                    .param("silence", silence)
                    .param("now", Sql.at(now))
                    .param("until", Sql.at(until))
                    .update();
        }
        db.sql("update notifications set due_at = :until, held_because = :reason, silence_id = :silence where id = :id")
                .param("id", id)
                .param("reason", reason.name())
                .param("silence", silence)
                .param("until", Sql.at(until))
                .update();
    }

    /// Its last wait goes on for the same reason; 0 when it had another one.
    private int holdOn(String id, HeldBecause reason, @Nullable String silence, Instant until) {
        return db.sql("""
                        update holds set until = :until, silence_id = :silence::text
                        where seq = (
                            select h.seq from holds h join notifications n on n.id = h.notification_id
                            where n.id = :id and h.reason = n.held_because order by h.since desc, h.seq desc limit 1)
                          and reason = :reason and (silence_id is null or silence_id = :silence::text)
                        """)
                .param("id", id)
                .param("reason", reason.name())
                .param("silence", silence)
                .param("until", Sql.at(until))
                .update();
    }

    /// `to` waits for what `from` waited to tell: it has waited for the same reasons.
    public void inherit(String from, String to) {
        db.sql("""
                        insert into holds (notification_id, reason, since, until, silence_id)
                        select :to, h.reason, h.since, h.until, h.silence_id from holds h
                        where h.notification_id = :from and not exists (
                            select 1 from holds o where o.notification_id = :to and o.reason = h.reason and o.until = h.until)
                        order by h.seq
                        """).param("from", from).param("to", to).update();
    }

    /// The notification does not leave before `until`, and waits for `longest` at most.
    public void extend(String id, Instant until, Duration longest) {
        db.sql("""
                        update holds set until = least(:until, since + make_interval(secs => :longest))
                        where seq = (
                            select h.seq from holds h join notifications n on n.id = h.notification_id
                            where n.id = :id and h.reason = n.held_because order by h.since desc, h.seq desc limit 1)
                        """)
                .param("id", id)
                .param("until", Sql.at(until))
                .param("longest", longest.toSeconds())
                .update();
        db.sql("""
                        update notifications set due_at = least(:until, created_at + make_interval(secs => :longest))
                        where id = :id
                        """)
                .param("id", id)
                .param("until", Sql.at(until))
                .param("longest", longest.toSeconds())
                .update();
    }

    /// What a silence holds may leave at `now`.
    public int release(String silence, Instant now) {
        db.sql("""
                        update holds h set until = least(h.until, :now) from notifications n
                        where h.silence_id = :silence and n.id = h.notification_id and n.state = 'GATHERING'
                          and n.held_because = 'SILENCED' and n.silence_id = :silence
                        """).param("silence", silence).param("now", Sql.at(now)).update();
        return db.sql("""
                        update notifications set due_at = least(due_at, :now)
                        where silence_id = :silence and state = 'GATHERING' and held_because = 'SILENCED'
                        """).param("silence", silence).param("now", Sql.at(now)).update();
    }

    /// Other notifications of the same owner, direction and route that gather now, or until a mute time
    /// ends, and answer no thread, locked; those that somebody else holds are passed over. What went back
    /// and forth has none and is none: it may say nothing in the end.
    public List<String> siblings(String id, Direction direction, @Nullable String owner, String route) {
        return db.sql("""
                        select n.id from notifications n
                        where n.state = 'GATHERING' and n.held_because in ('GROUPING', 'MUTED') and n.id <> :id
                          and n.direction = :direction and n.owner is not distinct from :owner::text and n.route = :route
                          and n.thread_id = n.id and not exists (
                            select 1 from transitions t where t.notification_id in (n.id, :id) and t.reason = 'FLAPPING')
                        order by n.id for update of n skip locked
                        """)
                .param("id", id)
                .param("direction", direction.name())
                .param("owner", owner)
                .param("route", route)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// Everything that `others` tell is told by `to`; they are gone.
    public void absorb(Collection<String> others, String to) {
        for (var other : others) {
            move(
                    db.sql("select id from transitions where notification_id = :id and state = 'GROUPED'")
                            .param("id", other)
                            .query((row, _) -> row.getString(1))
                            .list(),
                    to,
                    GroupedBecause.STORM);
            moveCopies(
                    other,
                    db.sql("select transition_id from copies where notification_id = :id")
                            .param("id", other)
                            .query((row, _) -> row.getString(1))
                            .list(),
                    to);
        }
    }
}

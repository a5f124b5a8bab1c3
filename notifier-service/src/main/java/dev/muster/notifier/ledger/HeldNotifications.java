package dev.muster.notifier.ledger;

import dev.muster.notifier.message.Direction;
import dev.muster.routing.HeldBecause;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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
    /// left to tell is gone.
    public void move(Collection<String> transitions, String to, GroupedBecause reason) {
        if (transitions.isEmpty()) {
            return;
        }
        var left = db.sql("""
                        with moved as (
                            update transitions t set notification_id = :to, reason = :reason
                            from transitions old
                            where t.id in (:transitions) and old.id = t.id and t.notification_id <> :to and t.state = 'GROUPED'
                            returning t.episode_id, old.notification_id as was),
                        threads as (
                            update episodes e set thread_id = :to from moved m
                            where e.id = m.episode_id and e.thread_id = m.was)
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
                            returning transition_id)
                        insert into copies (notification_id, transition_id) select :to, transition_id from moved
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
    public void copy(String notification, String transition) {
        db.sql(
                        "insert into copies (notification_id, transition_id) values (:notification, :transition) on conflict do nothing")
                .param("notification", notification)
                .param("transition", transition)
                .update();
    }

    /// The notification does not leave before `until`.
    ///
    /// @param silence what silences it, null when nothing does
    public void postpone(String id, HeldBecause reason, @Nullable String silence, Instant until) {
        db.sql("update notifications set due_at = :until, held_because = :reason, silence_id = :silence where id = :id")
                .param("id", id)
                .param("reason", reason.name())
                .param("silence", silence)
                .param("until", Sql.at(until))
                .update();
    }

    /// The notification does not leave before `until`, and waits for `longest` at most.
    public void extend(String id, Instant until, Duration longest) {
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

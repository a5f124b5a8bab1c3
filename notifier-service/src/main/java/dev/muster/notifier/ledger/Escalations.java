package dev.muster.notifier.ledger;

import dev.muster.notifier.transition.Transition;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Episodes of which parent teams are to hear when nobody resolves them. Every method runs in the
/// transaction of its caller.
@Component
public class Escalations {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient db;

    Escalations(JdbcClient db) {
        this.db = db;
    }

    /// An open episode whose time is over, with the regression that was told of it last.
    public record Unresolved(String episode, @Nullable String owner, Transition transition) {}

    /// Open episodes that the notification tells are escalated at `at`, or earlier when another one that told
    /// them wants that.
    public void plan(String notification, Instant at) {
        db.sql("""
                        update episodes set escalate_at = least(escalate_at, :at)
                        where closed_at is null and escalated_at is null and id in (
                            select episode_id from transitions where notification_id = :notification and state = 'GROUPED'
                            union
                            select t.episode_id from copies c join transitions t on t.id = c.transition_id
                            where c.notification_id = :notification and not c.escalated and t.state = 'GROUPED')
                        """).param("at", Sql.at(at)).param("notification", notification).update();
    }

    /// One whose time is over, not locked yet.
    public Optional<Unresolved> due(Instant now) {
        return db.sql("""
                        select e.id, t.owner, t.body::text from episodes e join lateral (
                            select owner, body from transitions
                            where episode_id = e.id and state = 'GROUPED' and kind = 'REGRESSED'
                            order by accepted_at desc, version desc limit 1) t on true
                        where e.closed_at is null and e.escalated_at is null and e.escalate_at <= :now
                        order by e.escalate_at, e.id limit 1
                        """)
                .param("now", Sql.at(now))
                .query((row, _) -> new Unresolved(
                        row.getString(1), row.getString(2), JSON.readValue(row.getString(3), Transition.class)))
                .optional();
    }

    /// The episode is escalated. False when somebody else escalated or closed it meanwhile.
    public boolean escalated(String episode, Instant now) {
        return db.sql("""
                        update episodes set escalated_at = :now
                        where id = :id and closed_at is null and escalated_at is null
                        """).param("id", episode).param("now", Sql.at(now)).update() == 1;
    }
}

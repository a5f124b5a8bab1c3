package dev.muster.notifier.ledger;

import dev.muster.notifier.transition.Transition;
import java.time.Instant;
import java.util.List;
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

    /// A notification with which a parent team heard of an episode.
    ///
    /// @param owner the parent, null when the fallback stands for it
    /// @param route path of the node that it went by
    public record Heard(String notification, @Nullable String owner, String route) {}

    /// With what parent teams heard of the episode. What has not left yet is waited for, so that either it
    /// says nothing any more or its end is told.
    public List<Heard> heard(String episode) {
        var told = db.sql("""
                        select n.id, n.owner, n.route, n.state from notifications n where n.id in (
                            select c.notification_id from copies c join transitions t on t.id = c.transition_id
                                join notifications o on o.id = c.notification_id join episodes e on e.id = t.episode_id
                            where e.id = :episode and e.escalated_at is not null and o.owner is distinct from t.owner)
                        order by n.id for update of n
                        """)
                .param("episode", episode)
                .query((row, _) -> row.getString("state").equals("READY")
                        ? Optional.of(new Heard(row.getString("id"), row.getString("owner"), row.getString("route")))
                        : Optional.<Heard>empty())
                .list();
        return told.stream().flatMap(Optional::stream).toList();
    }

    /// Open episodes that the notification tells first are escalated at `at`, unless it is decided
    /// already.
    public void plan(String notification, Instant at) {
        db.sql("""
                        update episodes set escalate_at = :at
                        where escalate_at is null and closed_at is null and id in (
                            select episode_id from transitions where notification_id = :notification and state = 'GROUPED')
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

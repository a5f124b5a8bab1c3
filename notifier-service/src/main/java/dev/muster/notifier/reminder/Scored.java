package dev.muster.notifier.reminder;

import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.transition.Standing;
import dev.muster.notifier.transition.Transition;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Which entities a scorecard scores, and how they stand, as transitions tell. In the transaction of the caller.
@Component
public class Scored {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient db;

    Scored(JdbcClient db) {
        this.db = db;
    }

    /// Notes how the entity stands after `it`. What is older than what is known changes nothing.
    public void note(Transition it, Instant now) {
        if (it.after() == null) {
            db.sql("delete from scored where entity = :entity and scorecard = :scorecard")
                    .param("entity", it.entity())
                    .param("scorecard", it.scorecard())
                    .update();
        } else {
            keep(it, it.after(), now);
        }
    }

    private void keep(Transition it, Standing standing, Instant now) {
        db.sql("""
                        insert into scored (entity, scorecard, version, level, score, outcomes, since)
                        values (:entity, :scorecard, :version, :level, :score, :outcomes::jsonb, :now)
                        on conflict (scorecard, entity) do update set version = excluded.version, level = excluded.level,
                            score = excluded.score, outcomes = excluded.outcomes
                        where scored.version <= excluded.version
                        """)
                .param("entity", it.entity())
                .param("scorecard", it.scorecard())
                .param("version", it.version())
                .param("level", standing.level())
                .param("score", standing.score())
                .param("outcomes", JSON.writeValueAsString(standing.outcomes()))
                .param("now", Sql.at(now))
                .update();
    }
}

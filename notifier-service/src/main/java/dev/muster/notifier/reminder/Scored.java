package dev.muster.notifier.reminder;

import dev.muster.notifier.transition.Transition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which entities a scorecard scores, as first and last transitions tell. In the transaction of the caller.
@Component
public class Scored {

    private final JdbcClient db;

    Scored(JdbcClient db) {
        this.db = db;
    }

    /// Notes what `it` begins or ends; the many in between cost nothing.
    public void note(Transition it) {
        if (it.after() == null) {
            db.sql("delete from scored where entity = :entity and scorecard = :scorecard")
                    .param("entity", it.entity())
                    .param("scorecard", it.scorecard())
                    .update();
        } else if (it.before() == null) {
            db.sql("insert into scored (entity, scorecard) values (:entity, :scorecard) on conflict do nothing")
                    .param("entity", it.entity())
                    .param("scorecard", it.scorecard())
                    .update();
        }
    }
}

package dev.muster.portal.projection;

import dev.muster.portal.projection.ProjectionMetrics.Fate;
import dev.muster.schemas.DeadLetterReason;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// Of the read model that people look at: changes are announced, what cannot be used is a dead letter, and all is
/// counted.
@Component
class InUse implements Surroundings {

    private final Rejected rejected;
    private final ProjectionMetrics metrics;

    InUse(Rejected rejected, ProjectionMetrics metrics) {
        this.rejected = rejected;
        this.metrics = metrics;
    }

    @Override
    public void begin(DSLContext inside) {
        WritingTurn.share(inside);
    }

    @Override
    public void announce(DSLContext inside, Changes changes) {
        var events = changes.events();
        if (!events.isEmpty()) {
            inside.fetch(
                    "select pg_notify(?, event) from unnest(?::text[]) as event",
                    Changes.CHANNEL,
                    events.toArray(String[]::new));
        }
    }

    @Override
    public void reject(Recorded<byte[]> record, DeadLetterReason reason, String message) {
        rejected.give(record, reason, message);
    }

    @Override
    public void count(String topic, Fate fate, int records) {
        metrics.count(topic, fate, records);
    }

    @Override
    public void committed(List<Recorded<byte[]>> batch) {
        metrics.committed(batch);
    }
}

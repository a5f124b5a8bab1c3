package dev.muster.ingest.declared;

import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Scorecard;
import org.springframework.context.SmartLifecycle;

/// Follows the topics of declarations while the service runs; starts once the topics are known to be there.
record DeclaredTopics(DeclaredTopic<Entity> entities, DeclaredTopic<Scorecard> scorecards) implements SmartLifecycle {

    @Override
    public void start() {
        entities.start();
        scorecards.start();
    }

    @Override
    public void stop() {
        entities.close();
        scorecards.close();
    }

    @Override
    public boolean isRunning() {
        return entities.isRunning();
    }

    /// After the topics have been checked, before the bindings and the port.
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1;
    }
}

package dev.muster.ingest.declared;

import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.ConnectionStatus;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Scorecard;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/// Follows the topics of declarations while the service runs; starts once the topics are known to be there.
record DeclaredTopics(
        DeclaredTopic<Entity> entities,
        DeclaredTopic<Scorecard> scorecards,
        DeclaredTopic<Initiative> initiatives,
        DeclaredTopic<DirectoryEntry> directory,
        DeclaredTopic<Attestation> attestations,
        DeclaredTopic<Exemption> exemptions,
        DeclaredTopic<ConnectionStatus> connections)
        implements SmartLifecycle {

    private List<DeclaredTopic<?>> all() {
        return List.of(entities, scorecards, initiatives, directory, attestations, exemptions, connections);
    }

    @Override
    public void start() {
        all().forEach(DeclaredTopic::start);
    }

    @Override
    public void stop() {
        all().forEach(DeclaredTopic::end); // each takes some hundred milliseconds
        all().forEach(DeclaredTopic::close);
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

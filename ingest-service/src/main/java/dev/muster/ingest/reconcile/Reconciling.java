package dev.muster.ingest.reconcile;

import dev.muster.ingest.declared.DeclaredTopic;
import dev.muster.ingest.github.Github;
import dev.muster.schemas.v1.Reconciliation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Reconciles while the service runs and this instance has the lease. Does nothing at all without credentials.
final class Reconciling implements SmartLifecycle {

    private final DeclaredTopic<Reconciliation> topic;
    private final List<Worker> workers;
    private final List<Github> clients;
    private final Map<String, Object> kafka;
    private final String name;
    private @Nullable Lease lease;

    /// @param clients closed at the end
    /// @param name of the topic
    Reconciling(
            DeclaredTopic<Reconciliation> topic,
            List<Worker> workers,
            List<Github> clients,
            Map<String, Object> kafka,
            String name) {
        this.topic = topic;
        this.workers = List.copyOf(workers);
        this.clients = List.copyOf(clients);
        this.kafka = kafka;
        this.name = name;
    }

    @Override
    public synchronized void start() {
        if (workers.isEmpty() || lease != null) {
            return;
        }
        topic.start();
        lease = new Lease(name, kafka, () -> workers.forEach(Worker::start), () -> workers.forEach(Worker::stop));
        lease.start();
    }

    @Override
    public synchronized void stop() {
        if (lease != null) {
            lease.close();
            lease = null;
            clients.forEach(Github::close);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return lease != null;
    }
}

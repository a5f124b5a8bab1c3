package dev.muster.ingest.reconcile;

import dev.muster.ingest.declared.DeclaredTopic;
import dev.muster.schemas.v1.Reconciliation;
import dev.muster.schemas.v1.ReconciliationKind;
import dev.muster.schemas.v1.ReconciliationState;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people may know of the reconciler, on every instance: from its topic.
public final class Reconciliations {

    private final DeclaredTopic<Reconciliation> topic;
    private final List<String> connections;

    Reconciliations(DeclaredTopic<Reconciliation> topic, List<String> connections) {
        this.topic = topic;
        this.connections = List.copyOf(connections);
    }

    /// How one connection is reconciled.
    ///
    /// @param access whether the API answers; UNKNOWN when it was never asked
    /// @param detail of the access, for people; null when there is nothing to say
    /// @param reconciledAt when each kind last ended well; of hooks the one that is furthest behind
    /// @param missing for people: what the last snapshot could not read; null when that is nothing
    public record Status(
            ReconciliationState access,
            @Nullable String detail,
            Map<ReconciliationKind, Instant> reconciledAt,
            @Nullable String missing) {

        public Status {
            reconciledAt = Map.copyOf(reconciledAt);
        }
    }

    /// How a connection is reconciled; empty when nobody gave credentials for it.
    public Optional<Status> find(String connection) {
        if (!connections.contains(connection)) {
            return Optional.empty();
        }
        var all = topic.known().values().stream()
                .filter(it -> it.getConnection().equals(connection))
                .toList();
        var reconciledAt = new EnumMap<ReconciliationKind, Instant>(ReconciliationKind.class);
        for (var kind :
                List.of(ReconciliationKind.SNAPSHOT, ReconciliationKind.INVALIDATION, ReconciliationKind.REDELIVERY)) {
            var at = reconciledAt(all, kind);
            if (at != null) {
                reconciledAt.put(kind, at);
            }
        }
        var access = first(all, ReconciliationKind.ACCESS);
        return Optional.of(new Status(
                access.map(Reconciliation::getState).orElse(ReconciliationState.UNKNOWN),
                access.map(Reconciliation::getDetail).orElse(null),
                reconciledAt,
                first(all, ReconciliationKind.SNAPSHOT)
                        .map(Reconciliation::getDetail)
                        .orElse(null)));
    }

    @Nullable
    Instant reconciledAt(String connection, ReconciliationKind kind) {
        return find(connection).map(it -> it.reconciledAt().get(kind)).orElse(null);
    }

    private static Optional<Reconciliation> first(List<Reconciliation> all, ReconciliationKind kind) {
        return all.stream().filter(it -> it.getKind() == kind).findFirst();
    }

    private static @Nullable Instant reconciledAt(List<Reconciliation> all, ReconciliationKind kind) {
        return all.stream()
                .filter(it -> it.getKind() == kind && it.getReconciledAt() != null)
                .map(Reconciliation::getReconciledAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}

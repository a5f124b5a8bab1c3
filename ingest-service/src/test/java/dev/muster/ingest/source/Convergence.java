package dev.muster.ingest.source;

import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Origin;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.Version;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import java.util.List;
import java.util.TreeMap;

/// The state to which facts lead, as the evaluator keeps it.
final class Convergence {

    private Convergence() {}

    static TreeMap<String, FactState> state(List<FactsObserved> facts) {
        var states = new TreeMap<String, FactState>();
        for (var observed : facts) {
            for (var change : observed.getChanges()) {
                states.compute(
                        observed.getSubject() + "|" + change.getFact(),
                        (_, before) -> Registers.apply(before, change(observed, change), 5_000));
            }
        }
        return states;
    }

    private static dev.muster.engine.fact.FactChange change(FactsObserved observed, FactChange change) {
        var from = observed.getOrigin();
        var version =
                new Version(change.getSourceTime(), change.getRank(), observed.getReceivedAt(), from.getDeliveryId());
        var origin = new Origin(
                from.getSource(), from.getConnection(), from.getDeliveryId(), from.getActor(), from.getUrl(), false);
        var fact = change.getFact();
        var clamped = change.getClamped();
        return switch (change.getKind()) {
            case SET -> new dev.muster.engine.fact.FactChange.Set(fact, change.getValue(), version, origin, clamped);
            case UPSERT ->
                new dev.muster.engine.fact.FactChange.Upsert(
                        fact, change.getItem(), change.getScope(), change.getValue(), version, origin, clamped);
            case REMOVE ->
                new dev.muster.engine.fact.FactChange.Remove(
                        fact, change.getItem(), change.getScope(), version, origin, clamped);
            case SNAPSHOT ->
                new dev.muster.engine.fact.FactChange.Snapshot(
                        fact, change.getScope(), change.getItems(), version, origin, clamped);
            case INVALIDATE -> new dev.muster.engine.fact.FactChange.Invalidate(fact, version, origin, clamped);
            case UNKNOWN -> throw new IllegalStateException("never written");
        };
    }
}

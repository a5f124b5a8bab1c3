package dev.muster.records;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactChange.Invalidate;
import dev.muster.engine.fact.FactChange.Remove;
import dev.muster.engine.fact.FactChange.Set;
import dev.muster.engine.fact.FactChange.Snapshot;
import dev.muster.engine.fact.FactChange.Upsert;
import dev.muster.engine.fact.Origin;
import dev.muster.engine.fact.Version;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Moved;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes to facts, from their topic to the engine and back.
public final class FactMapping {

    private FactMapping() {}

    /// All changes of a record; those of a kind that this version does not know are left out.
    ///
    /// @throws UnusableRecordException when a change lacks what its kind needs, or the id of an item holds a NUL
    public static List<FactChange> toEngine(FactsObserved observed) {
        var origin = origin(observed.getOrigin());
        var changes = new ArrayList<FactChange>(observed.getChanges().size());
        for (var change : observed.getChanges()) {
            var version = new Version(
                    change.getSourceTime(),
                    change.getRank(),
                    observed.getReceivedAt(),
                    origin.deliveryId(),
                    change.getRevision());
            var fact = change.getFact();
            var scope = change.getScope();
            var clamped = change.getClamped();
            switch (change.getKind()) {
                case UNKNOWN -> {}
                case SET -> changes.add(new Set(fact, value(change), version, origin, clamped));
                case UPSERT ->
                    changes.add(new Upsert(fact, item(change), scope, value(change), version, origin, clamped));
                case REMOVE -> changes.add(new Remove(fact, item(change), scope, version, origin, clamped));
                case SNAPSHOT -> {
                    change.getItems().keySet().forEach(RecordedName::check);
                    changes.add(new Snapshot(fact, scope, change.getItems(), version, origin, clamped));
                }
                case INVALIDATE -> changes.add(new Invalidate(fact, version, origin, clamped));
            }
        }
        return changes;
    }

    /// Changes that came from one origin at one time, to tell them of `subject`. The opposite of [#toEngine].
    ///
    /// @param changes all of one origin and received at one time
    /// @param moved the subject that they were told of before, null when of this one
    public static FactsObserved toAvro(String subject, List<? extends FactChange> changes, @Nullable Moved moved) {
        var first = changes.getFirst();
        return FactsObserved.newBuilder()
                .setSubject(subject)
                .setChanges(changes.stream().map(FactMapping::toAvro).toList())
                .setOrigin(toAvro(first.origin()))
                .setReceivedAt(first.version().receivedAt())
                .setMoved(moved)
                .build();
    }

    private static dev.muster.schemas.v1.FactChange toAvro(FactChange change) {
        var told = dev.muster.schemas.v1.FactChange.newBuilder()
                .setFact(change.fact())
                .setSourceTime(change.version().sourceTime())
                .setRank(change.version().rank())
                .setRevision(change.version().revision())
                .setClamped(change.clamped());
        return switch (change) {
            case Set it -> told.setKind(FactChangeKind.SET).setValue(it.json()).build();
            case Upsert it ->
                told.setKind(FactChangeKind.UPSERT)
                        .setItem(it.item())
                        .setScope(it.scope())
                        .setValue(it.json())
                        .build();
            case Remove it ->
                told.setKind(FactChangeKind.REMOVE)
                        .setItem(it.item())
                        .setScope(it.scope())
                        .build();
            case Snapshot it ->
                told.setKind(FactChangeKind.SNAPSHOT)
                        .setScope(it.scope())
                        .setItems(it.items())
                        .build();
            case Invalidate _ -> told.setKind(FactChangeKind.INVALIDATE).build();
        };
    }

    private static dev.muster.schemas.v1.Origin toAvro(Origin it) {
        return new dev.muster.schemas.v1.Origin(
                it.source(), it.connection(), it.deliveryId(), it.actor(), it.url(), it.backfill());
    }

    private static Origin origin(dev.muster.schemas.v1.Origin it) {
        return new Origin(
                it.getSource(), it.getConnection(), it.getDeliveryId(), it.getActor(), it.getUrl(), it.getBackfill());
    }

    private static String value(dev.muster.schemas.v1.FactChange change) {
        return required(change, change.getValue(), "value");
    }

    private static String item(dev.muster.schemas.v1.FactChange change) {
        var item = required(change, change.getItem(), "item");
        RecordedName.check(item);
        return item;
    }

    private static String required(dev.muster.schemas.v1.FactChange change, @Nullable String part, String name) {
        if (part == null) {
            throw new UnusableRecordException(
                    DeadLetterReason.INVALID,
                    "a change of kind %s to the fact %s has no %s".formatted(change.getKind(), change.getFact(), name));
        }
        return part;
    }
}

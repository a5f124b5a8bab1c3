package dev.muster.evaluator.mapping;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactChange.Invalidate;
import dev.muster.engine.fact.FactChange.Remove;
import dev.muster.engine.fact.FactChange.Set;
import dev.muster.engine.fact.FactChange.Snapshot;
import dev.muster.engine.fact.FactChange.Upsert;
import dev.muster.engine.fact.Origin;
import dev.muster.engine.fact.Version;
import dev.muster.evaluator.state.StoredChange;
import dev.muster.evaluator.state.StoredChangeKind;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactsObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes to facts, from the public topic to the engine, and from one stage to the next.
public final class ChangeMapping {

    private ChangeMapping() {}

    /// All changes of a record; those of a kind that this version does not know are left out.
    ///
    /// @throws UnusableRecordException when a change lacks what its kind needs, or the id of an item holds a NUL
    public static List<FactChange> toEngine(FactsObserved observed) {
        var origin = origin(observed.getOrigin());
        var changes = new ArrayList<FactChange>(observed.getChanges().size());
        for (var change : observed.getChanges()) {
            var version = new Version(
                    change.getSourceTime(), change.getRank(), observed.getReceivedAt(), origin.deliveryId());
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
                    change.getItems().keySet().forEach(Keys::check);
                    changes.add(new Snapshot(fact, scope, change.getItems(), version, origin, clamped));
                }
                case INVALIDATE -> changes.add(new Invalidate(fact, version, origin, clamped));
            }
        }
        return changes;
    }

    public static StoredChange toStore(FactChange change) {
        return switch (change) {
            case Set it -> stored(it, StoredChangeKind.SET, null, "", it.json(), Map.of());
            case Upsert it -> stored(it, StoredChangeKind.UPSERT, it.item(), it.scope(), it.json(), Map.of());
            case Remove it -> stored(it, StoredChangeKind.REMOVE, it.item(), it.scope(), null, Map.of());
            case Snapshot it -> stored(it, StoredChangeKind.SNAPSHOT, null, it.scope(), null, it.items());
            case Invalidate it -> stored(it, StoredChangeKind.INVALIDATE, null, "", null, Map.of());
        };
    }

    public static FactChange toEngine(StoredChange it) {
        var version = RegisterMapping.engine(it.getVersion());
        var origin = RegisterMapping.engine(it.getOrigin());
        var clamped = it.getClamped();
        return switch (it.getKind()) {
            case SET -> new Set(it.getFact(), it.getJson(), version, origin, clamped);
            case UPSERT ->
                new Upsert(it.getFact(), it.getItem(), it.getScope(), it.getJson(), version, origin, clamped);
            case REMOVE -> new Remove(it.getFact(), it.getItem(), it.getScope(), version, origin, clamped);
            case SNAPSHOT -> new Snapshot(it.getFact(), it.getScope(), it.getItems(), version, origin, clamped);
            case INVALIDATE -> new Invalidate(it.getFact(), version, origin, clamped);
        };
    }

    private static StoredChange stored(
            FactChange change,
            StoredChangeKind kind,
            @Nullable String item,
            String scope,
            @Nullable String json,
            Map<String, String> items) {
        return new StoredChange(
                change.fact(),
                kind,
                item,
                scope,
                json,
                items,
                RegisterMapping.stored(change.version()),
                RegisterMapping.stored(change.origin()),
                change.clamped());
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
        Keys.check(item);
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

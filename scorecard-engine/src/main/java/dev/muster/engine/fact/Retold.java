package dev.muster.engine.fact;

import dev.muster.engine.fact.FactState.Collection;
import dev.muster.engine.fact.FactState.Item;
import dev.muster.engine.fact.FactState.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A register as changes again, to tell another subject what is known.
///
/// **Promises.** Applied to no state, in any order, they make one that says the same; each has the version that it had.
/// **Does not promise.** That a collection had more items than its bound is not told again.
public final class Retold {

    private Retold() {}

    /// The changes that make `state`.
    public static List<FactChange> of(String fact, FactState state) {
        var changes = new ArrayList<FactChange>();
        switch (state) {
            case Scalar scalar -> {
                if (scalar.json() != null && scalar.version() != null && scalar.origin() != null) {
                    changes.add(new FactChange.Set(
                            fact, scalar.json(), scalar.version(), scalar.origin(), scalar.clamped()));
                }
            }
            case Collection collection -> {
                var left = new TreeMap<>(collection.items());
                collection
                        .watermarks()
                        .forEach((scope, version) -> changes.add(snapshot(fact, scope, version, collection, left)));
                left.forEach((id, item) -> changes.add(change(fact, id, item)));
            }
        }
        var invalidated = state.invalidated();
        if (invalidated != null) {
            changes.add(new FactChange.Invalidate(fact, invalidated, origin(state.latestOrigin(), invalidated), false));
        }
        return changes;
    }

    private static FactChange change(String fact, String id, Item item) {
        return item.json() == null
                ? new FactChange.Remove(fact, id, item.scope(), item.version(), item.origin(), item.clamped())
                : new FactChange.Upsert(
                        fact, id, item.scope(), item.json(), item.version(), item.origin(), item.clamped());
    }

    /// Takes what it tells out of `left`.
    private static FactChange snapshot(
            String fact, String scope, Version version, Collection collection, Map<String, Item> left) {
        var items = new TreeMap<String, String>();
        Item first = null;
        for (var entry : collection.items().entrySet()) {
            var item = entry.getValue();
            if (item.json() != null
                    && item.scope().equals(scope)
                    && item.version().equals(version)
                    && (first == null || isOfOne(first, item))) {
                first = item;
                items.put(entry.getKey(), item.json());
                left.remove(entry.getKey());
            }
        }
        return first == null
                ? new FactChange.Snapshot(
                        fact, scope, items, version, origin(collection.latestOrigin(), version), false)
                : new FactChange.Snapshot(fact, scope, items, version, first.origin(), first.clamped());
    }

    private static boolean isOfOne(Item a, Item b) {
        return a.origin().equals(b.origin()) && a.clamped() == b.clamped();
    }

    /// Of a snapshot without items, and of an invalidation, only the version is kept: who told the newest value stands
    /// in.
    private static Origin origin(@Nullable Origin latest, Version version) {
        return latest == null
                ? new Origin("muster", "muster", version.deliveryId(), null, null, false)
                : latest.deliveryId().equals(version.deliveryId())
                        ? latest
                        : new Origin(
                                latest.source(),
                                latest.connection(),
                                version.deliveryId(),
                                null,
                                null,
                                latest.backfill());
    }
}

package dev.muster.engine.fact;

import dev.muster.engine.fact.FactState.Collection;
import dev.muster.engine.fact.FactState.Item;
import dev.muster.engine.fact.FactState.Scalar;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// Puts changes into the registers of facts.
///
/// **Promises.** The state is a function of the set of changes: order, repetition and replay do not matter, as long
/// as the bound is the same. [#join] is commutative, associative and idempotent, and joining two states is the same
/// as applying the changes of both. A change costs the logarithm of the number of items, and a scan of them once the
/// bound is reached.
///
/// A fact that is told both as a scalar and as a collection is a collection: the mapping that sets it is wrong, and
/// what is right must not depend on which of the two came first.
public final class Registers {

    private Registers() {}

    /// The state after `change`; the very same instance when it makes no difference.
    ///
    /// @param state null when nothing was told yet
    /// @param bound items that a collection keeps at most, tombstones included; 1 or more
    public static FactState apply(@Nullable FactState state, FactChange change, int bound) {
        if (state instanceof Collection && change instanceof FactChange.Set) {
            return state;
        }
        var told = told(change);
        return state == null && told instanceof Collection first
                ? bounded(first, bound)
                : state == null ? told : join(state, told, bound);
    }

    /// The state that knows what both know; `a` itself when `b` adds nothing.
    public static FactState join(FactState a, FactState b, int bound) {
        return switch (a) {
            case Scalar one ->
                switch (b) {
                    case Scalar two -> join(one, two);
                    case Collection two -> invalidated(bounded(two, bound), one.invalidated());
                };
            case Collection one ->
                switch (b) {
                    case Scalar two -> invalidated(one, two.invalidated());
                    case Collection two -> join(one, two, bound);
                };
        };
    }

    private static FactState told(FactChange change) {
        return switch (change) {
            case FactChange.Set set -> new Scalar(set.json(), set.version(), set.origin(), set.clamped(), null);
            case FactChange.Invalidate invalidate -> new Scalar(null, null, null, false, invalidate.version());
            case FactChange.Upsert upsert ->
                item(
                        upsert.item(),
                        upsert.scope(),
                        new Item(upsert.json(), upsert.scope(), upsert.version(), upsert.origin(), upsert.clamped()));
            case FactChange.Remove remove ->
                item(
                        remove.item(),
                        remove.scope(),
                        new Item(null, remove.scope(), remove.version(), remove.origin(), remove.clamped()));
            case FactChange.Snapshot snapshot -> snapshot(snapshot);
        };
    }

    private static Collection item(String id, String scope, Item item) {
        return new Collection(
                TreePMap.singleton(id, item),
                TreePMap.empty(),
                TreePSet.singleton(scope),
                null,
                item.version(),
                item.origin(),
                null);
    }

    private static Collection snapshot(FactChange.Snapshot told) {
        var items = TreePMap.<String, Item>empty();
        for (var item : told.items().entrySet()) {
            items = items.plus(
                    item.getKey(),
                    new Item(item.getValue(), told.scope(), told.version(), told.origin(), told.clamped()));
        }
        return new Collection(
                items,
                TreePMap.singleton(told.scope(), told.version()),
                TreePSet.singleton(told.scope()),
                null,
                told.version(),
                told.origin(),
                null);
    }

    private static Collection bounded(Collection collection, int bound) {
        return join(Collection.EMPTY, collection, bound);
    }

    private static Scalar join(Scalar a, Scalar b) {
        var invalidated = greater(a.invalidated(), b.invalidated());
        var winner = wins(b, a) ? b : a;
        if (same(winner, a) && same(invalidated, a.invalidated())) {
            return a;
        }
        return new Scalar(winner.json(), winner.version(), winner.origin(), winner.clamped(), invalidated);
    }

    private static boolean wins(Scalar challenger, Scalar holder) {
        if (challenger.version() == null || holder.version() == null) {
            return holder.version() == null && challenger.version() != null;
        }
        return Item.ORDER.compare(asItem(challenger), asItem(holder)) > 0;
    }

    @SuppressWarnings("NullAway") // asked only when the scalar has a value
    private static Item asItem(Scalar scalar) {
        return new Item(scalar.json(), "", scalar.version(), scalar.origin(), scalar.clamped());
    }

    private static Collection invalidated(Collection collection, @Nullable Version by) {
        var invalidated = greater(collection.invalidated(), by);
        return same(invalidated, collection.invalidated())
                ? collection
                : new Collection(
                        collection.items(),
                        collection.watermarks(),
                        collection.scopes(),
                        collection.dropped(),
                        collection.latest(),
                        collection.latestOrigin(),
                        invalidated);
    }

    private static Collection join(Collection a, Collection b, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is %d, expected 1 or more".formatted(bound));
        }
        var kept = Kept.of(a, b, bound);
        var watermarks = watermarks(a.watermarks(), b.watermarks());
        var scopes = scopes(a.scopes(), b.scopes());
        var invalidated = greater(a.invalidated(), b.invalidated());
        var newer = Collection.isLater(b.latest(), b.latestOrigin(), a.latest(), a.latestOrigin()) ? b : a;
        if (same(kept.items(), a.items())
                && same(watermarks, a.watermarks())
                && same(scopes, a.scopes())
                && same(kept.dropped(), a.dropped())
                && same(invalidated, a.invalidated())
                && same(newer, a)) {
            return a;
        }
        return new Collection(
                kept.items(), watermarks, scopes, kept.dropped(), newer.latest(), newer.latestOrigin(), invalidated);
    }

    private static SortedMap<String, Version> watermarks(SortedMap<String, Version> a, SortedMap<String, Version> b) {
        var all = (TreePMap<String, Version>) a;
        for (var scope : b.entrySet()) {
            var known = all.get(scope.getKey());
            if (known == null || scope.getValue().compareTo(known) > 0) {
                all = all.plus(scope.getKey(), scope.getValue());
            }
        }
        return all;
    }

    private static SortedSet<String> scopes(SortedSet<String> a, SortedSet<String> b) {
        return a.containsAll(b) ? a : ((TreePSet<String>) a).plusAll(b);
    }

    /// The very same instance: what adds nothing is handed back, so that this is enough to see whether anything
    /// changed.
    @SuppressWarnings("ReferenceEquality")
    static boolean same(@Nullable Object a, @Nullable Object b) {
        return a == b;
    }

    /// Greater of the two; `a` itself when they are equal.
    static @Nullable Version greater(@Nullable Version a, @Nullable Version b) {
        return a == null || (b != null && b.compareTo(a) > 0) ? b : a;
    }
}

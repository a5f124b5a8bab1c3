package dev.muster.engine.fact;

import static java.util.Comparator.comparing;

import dev.muster.engine.fact.FactState.Collection;
import dev.muster.engine.fact.FactState.Item;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// The items of a collection that fit into its bound: the winners of their ids with the greatest versions.
///
/// Why this does not depend on the order of arrival: an item is dropped only while as many others as the bound allows
/// stand above it. Those only ever rise, so it can never belong to the ones kept, and the greatest version dropped is
/// always that of the first item, in the order of all winners, that does not fit.
///
/// @param items what is kept
/// @param dropped greatest version that was not
record Kept(TreePMap<String, Item> items, @Nullable Version dropped) {

    /// Order by which items stay: by version, and by id where one delivery told several.
    private static final Comparator<Map.Entry<String, Item>> ORDER = comparing(
                    (Map.Entry<String, Item> entry) -> entry.getValue().version())
            .thenComparing(Map.Entry::getKey);

    static Kept of(Collection a, Collection b, int bound) {
        var floor = Registers.greater(a.dropped(), b.dropped());
        var items = (TreePMap<String, Item>) a.items();
        for (var entry : b.items().entrySet()) {
            var known = items.get(entry.getKey());
            if (known == null || Item.ORDER.compare(entry.getValue(), known) > 0) {
                items = items.plus(entry.getKey(), entry.getValue());
            }
        }
        return within(bound, items, floor);
    }

    private static Kept within(int bound, TreePMap<String, Item> items, @Nullable Version floor) {
        var surplus = items.size() - bound;
        if (surplus <= 0) {
            return new Kept(items, floor);
        }
        var lowest = items.entrySet().stream().sorted(ORDER).limit(surplus).toList();
        for (var entry : lowest) {
            items = items.minus(entry.getKey());
            floor = Registers.greater(floor, entry.getValue().version());
        }
        return new Kept(items, floor);
    }
}

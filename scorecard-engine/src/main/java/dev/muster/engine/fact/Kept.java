package dev.muster.engine.fact;

import static java.util.Comparator.comparing;

import dev.muster.engine.fact.FactState.Collection;
import dev.muster.engine.fact.FactState.Item;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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

    /// Joins the items of both; hands back those of `a` when `b` changes nothing.
    static Kept of(Collection a, Collection b, int bound) {
        var floor = Registers.greater(a.dropped(), b.dropped());
        var before = Registers.same(floor, a.dropped()) ? (TreePMap<String, Item>) a.items() : above(floor, a.items());
        var all = before;
        var replaced = false;
        for (var entry : b.items().entrySet()) {
            var item = entry.getValue();
            var known = before.get(entry.getKey());
            if (known == null ? !isBelow(floor, item) : Item.ORDER.compare(item, known) > 0) {
                all = all.plus(entry.getKey(), item);
                replaced |= known != null;
            }
        }
        var surplus = lowest(all.size() - bound, all);
        var kept = all.minusAll(surplus.stream().map(Map.Entry::getKey).toList());
        var untouched = !replaced
                && kept.size() == before.size()
                && surplus.stream().noneMatch(entry -> before.containsKey(entry.getKey()));
        return new Kept(untouched ? before : kept, greatest(floor, surplus));
    }

    private static @Nullable Version greatest(@Nullable Version floor, List<Map.Entry<String, Item>> dropped) {
        var greatest = floor;
        for (var entry : dropped) {
            greatest = Registers.greater(greatest, entry.getValue().version());
        }
        return greatest;
    }

    private static List<Map.Entry<String, Item>> lowest(int surplus, SortedMap<String, Item> items) {
        if (surplus <= 0) {
            return List.of();
        }
        return surplus == 1
                ? List.of(Collections.min(items.entrySet(), ORDER))
                : items.entrySet().stream().sorted(ORDER).limit(surplus).toList();
    }

    /// What was dropped once stays out, even when the bound has been raised since: its tombstone may be gone too.
    private static TreePMap<String, Item> above(@Nullable Version floor, SortedMap<String, Item> items) {
        var kept = (TreePMap<String, Item>) items;
        for (var entry : items.entrySet()) {
            if (isBelow(floor, entry.getValue())) {
                kept = kept.minus(entry.getKey());
            }
        }
        return kept;
    }

    private static boolean isBelow(@Nullable Version floor, Item item) {
        return floor != null && item.version().compareTo(floor) < 0;
    }
}

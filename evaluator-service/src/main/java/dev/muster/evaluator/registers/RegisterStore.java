package dev.muster.evaluator.registers;

import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.FactState.Collection;
import dev.muster.engine.fact.FactState.Item;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.mapping.RegisterMapping;
import dev.muster.evaluator.state.Register;
import dev.muster.evaluator.state.StoredItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Registers of facts in a store: a row for each register and one for each item of a collection, so that a
/// change to one item writes that item and not the thousands beside it.
///
/// The key of an item is that of its register and the item's id. Items come directly after their register.
public final class RegisterStore {

    private static final StringSerializer PREFIXES = new StringSerializer();

    private final KeyValueStore<String, Register> rows;
    private final int parts;

    /// @param parts that the key of a register has, see [Keys]
    public RegisterStore(KeyValueStore<String, Register> rows, int parts) {
        this.rows = rows;
        this.parts = parts;
    }

    /// The register at `key`; null when nothing was told.
    public @Nullable FactState get(String key) {
        var row = rows.get(key);
        if (row == null) {
            return null;
        }
        return RegisterMapping.isCollection(row)
                ? RegisterMapping.toEngine(row, items(key))
                : RegisterMapping.toEngine(row);
    }

    private SortedMap<String, Item> items(String key) {
        var items = new TreeMap<String, Item>();
        try (var all = rows.prefixScan(Keys.prefixIn(key), PREFIXES)) {
            all.forEachRemaining(it -> put(items, it.value));
        }
        return items;
    }

    /// Every register whose key begins with `prefix`, in the order of their keys.
    public void forEach(String prefix, BiConsumer<String, FactState> action) {
        try (var all = rows.prefixScan(prefix, PREFIXES)) {
            var next = all.hasNext() ? all.next() : null;
            while (next != null) {
                var register = next;
                var items = new TreeMap<String, Item>();
                next = all.hasNext() ? all.next() : null;
                while (next != null && isItem(next)) {
                    put(items, next.value);
                    next = all.hasNext() ? all.next() : null;
                }
                action.accept(register.key, RegisterMapping.toEngine(register.value, items));
            }
        }
    }

    /// The keys of those registers.
    public List<String> keys(String prefix) {
        var keys = new ArrayList<String>();
        try (var all = rows.prefixScan(prefix, PREFIXES)) {
            all.forEachRemaining(it -> {
                if (!isItem(it)) {
                    keys.add(it.key);
                }
            });
        }
        return keys;
    }

    /// Writes what is different.
    ///
    /// @param before what [#get] gave, or what was put last; null when there was none
    /// @param after made of `before` by [dev.muster.engine.fact.Registers]
    public void put(String key, @Nullable FactState before, FactState after) {
        if (!isToldByItems(before, after)) {
            rows.put(key, RegisterMapping.withoutItems(after));
        }
        var then = itemsOf(before);
        var now = itemsOf(after);
        now.forEach((id, item) -> {
            var known = then.get(id);
            if (!same(item, known) && !item.equals(known)) {
                rows.put(Keys.in(key, id), new Register(RegisterMapping.toStore(id, item)));
            }
        });
        then.keySet().forEach(id -> {
            if (!now.containsKey(id)) {
                rows.delete(Keys.in(key, id));
            }
        });
    }

    /// True when the row of the register may stay as it is, because items are all that is new and one of them is what
    /// was told last: whoever reads it finds that by itself, see [FactState.Collection#restored].
    private static boolean isToldByItems(@Nullable FactState before, FactState after) {
        return before instanceof Collection then
                && after instanceof Collection now
                && then.watermarks().equals(now.watermarks())
                && then.scopes().equals(now.scopes())
                && Objects.equals(then.dropped(), now.dropped())
                && Objects.equals(then.invalidated(), now.invalidated())
                && hasLatest(now);
    }

    private static boolean hasLatest(Collection state) {
        for (var item : state.items().values()) {
            if (item.version().equals(state.latest()) && item.origin().equals(state.latestOrigin())) {
                return true;
            }
        }
        return false;
    }

    /// Enough to know an item again that nothing happened to, and quick.
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Object a, @Nullable Object b) {
        return a == b;
    }

    /// Deletes a register and its items.
    public void delete(String key) {
        var gone = new ArrayList<String>();
        try (var all = rows.prefixScan(Keys.prefixIn(key), PREFIXES)) {
            all.forEachRemaining(it -> gone.add(it.key));
        }
        gone.forEach(rows::delete);
        rows.delete(key);
    }

    private static SortedMap<String, Item> itemsOf(@Nullable FactState state) {
        return state instanceof Collection collection ? collection.items() : Collections.emptySortedMap();
    }

    private boolean isItem(KeyValue<String, Register> row) {
        return Keys.parts(row.key) > parts;
    }

    private static void put(SortedMap<String, Item> items, Register row) {
        if (row.getState() instanceof StoredItem item) {
            items.put(item.getId(), RegisterMapping.toEngine(item));
        }
    }
}

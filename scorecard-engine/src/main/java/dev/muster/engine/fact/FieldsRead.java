package dev.muster.engine.fact;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields that a value has, by name, in the order of the declaration. Read-only.
///
/// A name is looked up by going through them: structures are small, and the names
/// that expressions ask for are the very same texts, because both are interned.
final class FieldsRead extends AbstractMap<String, Object> {

    private final String[] names;
    private final @Nullable Object[] values;

    /// @param names interned, as many as values
    /// @param values null for a field that is not there
    FieldsRead(String[] names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the quick way; texts that are equal and not the same are found after it
    public @Nullable Object get(@Nullable Object name) {
        for (var i = 0; i < names.length; i++) {
            if (names[i] == name) {
                return values[i];
            }
        }
        for (var i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, Object>> {

        @Override
        public Iterator<Entry<String, Object>> iterator() {
            List<Entry<String, Object>> there = new ArrayList<>(names.length);
            for (var i = 0; i < names.length; i++) {
                var value = values[i];
                if (value != null) {
                    there.add(Map.entry(names[i], value));
                }
            }
            return List.copyOf(there).iterator();
        }

        @Override
        public int size() {
            var size = 0;
            for (var value : values) {
                size += value == null ? 0 : 1;
            }
            return size;
        }
    }
}

package dev.muster.ingest.payload;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object, of a payload or made of one: a read-only map.
///
/// To CEL it is a value that needs no adapting. CEL's runtime walks through every plain map again each time that an
/// expression looks at a variable, and through all that a loop has collected in each of its rounds: with plain maps
/// a filter over two thousand findings took four seconds, and time grew with the square of their number.
@SuppressWarnings("Immutable") // what it holds is never changed
public final class Fields extends CelValue implements Map<String, Object> {

    private static final CelType TYPE = MapType.create(SimpleType.DYN, SimpleType.DYN);

    private final Map<String, Object> members;

    private Fields(Map<String, Object> members) {
        this.members = members;
    }

    /// The same map for CEL.
    ///
    /// @param members never changed afterwards; the keys are texts
    @SuppressWarnings("unchecked")
    public static Fields of(Map<?, ?> members) {
        return members instanceof Fields fields ? fields : new Fields((Map<String, Object>) members);
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return members.isEmpty();
    }

    @Override
    public CelType celType() {
        return TYPE;
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public boolean isEmpty() {
        return members.isEmpty();
    }

    @Override
    public boolean containsKey(Object key) {
        return members.containsKey(key);
    }

    @Override
    public boolean containsValue(Object value) {
        return members.containsValue(value);
    }

    @Override
    public @Nullable Object get(Object key) {
        return members.get(key);
    }

    @Override
    public Set<String> keySet() {
        return members.keySet();
    }

    @Override
    public Collection<Object> values() {
        return members.values();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return members.entrySet();
    }

    @Override
    public Object put(String key, Object value) {
        throw new UnsupportedOperationException("read-only");
    }

    @Override
    public Object remove(Object key) {
        throw new UnsupportedOperationException("read-only");
    }

    @Override
    public void putAll(Map<? extends String, ?> more) {
        throw new UnsupportedOperationException("read-only");
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("read-only");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Map<?, ?> map && members.equals(map));
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return members.toString();
    }
}

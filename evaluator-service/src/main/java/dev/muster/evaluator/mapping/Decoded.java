package dev.muster.evaluator.mapping;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What one partition read from a store or wrote to it last, as objects, so that it is not decoded again.
///
/// As new as the store, because every write goes through here, too. Begins empty with every `init` of a processor: what
/// an aborted transaction wrote is forgotten together with it. Used by one thread.
public final class Decoded<V> {

    /// Of about a kilobyte each.
    private static final int PIECES = 5_000;

    private final Cache<String, V> values;

    /// Keeps what fits into a few megabytes; what was not used for longest goes first.
    ///
    /// @param pieces how much a value takes up, in pieces of about a kilobyte
    public Decoded(ToIntFunction<V> pieces) {
        this.values = Caffeine.newBuilder()
                .maximumWeight(PIECES)
                .weigher((String _, V value) -> 1 + pieces.applyAsInt(value))
                .executor(Runnable::run)
                .build();
    }

    /// Reads a value from its store.
    public interface Reading<V> {
        @Nullable
        V at(String key);
    }

    /// The value at `key` when it is here; null says nothing about the store.
    public @Nullable V find(String key) {
        return values.getIfPresent(key);
    }

    /// The value at `key`, from here or from the store; null when there is none.
    public @Nullable V get(String key, Reading<V> store) {
        var known = find(key);
        if (known != null) {
            return known;
        }
        var read = store.at(key);
        if (read != null) {
            values.put(key, read);
        }
        return read;
    }

    /// Comes with every write to the store.
    public void put(String key, V value) {
        values.put(key, value);
    }

    /// Comes with every deletion from the store.
    public void remove(String key) {
        values.invalidate(key);
    }
}

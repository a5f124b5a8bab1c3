package dev.muster.engine.fact;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// One change to one fact of one subject, as a source told it.
///
/// A scope is a part of a collection that a source can tell completely, such as a tool and a branch; the empty scope
/// is the whole collection. Values are JSON texts; [FactCatalogue#mistakeIn] says whether one fits its declaration.
public sealed interface FactChange {

    /// Name of the fact.
    String fact();

    /// Place in the order of all changes to the fact.
    Version version();

    /// Where it came from.
    Origin origin();

    /// True when the time that the source told was not believed, see [SourceTime].
    boolean clamped();

    /// Replaces a scalar.
    record Set(String fact, String json, Version version, Origin origin, boolean clamped) implements FactChange {

        public Set {
            requireNonNull(json, "json");
        }
    }

    /// Replaces one item of a collection.
    record Upsert(String fact, String item, String scope, String json, Version version, Origin origin, boolean clamped)
            implements FactChange {

        public Upsert {
            requireNonNull(json, "json");
        }
    }

    /// Removes one item of a collection; a tombstone keeps older news of it out.
    record Remove(String fact, String item, String scope, Version version, Origin origin, boolean clamped)
            implements FactChange {}

    /// Replaces all items within a scope: what is absent is resolved. An item newer than the snapshot stays.
    record Snapshot(
            String fact, String scope, Map<String, String> items, Version version, Origin origin, boolean clamped)
            implements FactChange {

        public Snapshot {
            items = Collections.unmodifiableMap(new TreeMap<>(items));
        }
    }

    /// The source says that something changed but not what: the old value ages on and is marked for re-reading.
    record Invalidate(String fact, Version version, Origin origin, boolean clamped) implements FactChange {}
}

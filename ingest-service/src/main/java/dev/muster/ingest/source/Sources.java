package dev.muster.ingest.source;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All source definitions by name. Immutable.
public final class Sources {

    private final Map<String, SourceDefinition> byName;

    /// These definitions.
    ///
    /// @param definitions of two with one name the last counts
    public Sources(Collection<SourceDefinition> definitions) {
        var map = new TreeMap<String, SourceDefinition>();
        definitions.forEach(definition -> map.put(definition.name(), definition));
        this.byName = Map.copyOf(map);
    }

    public Optional<SourceDefinition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<SourceDefinition> all() {
        return byName.values();
    }
}

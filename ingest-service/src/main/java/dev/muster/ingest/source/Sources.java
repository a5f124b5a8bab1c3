package dev.muster.ingest.source;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All source definitions by name, as they are now: a mounted folder may change them while the service runs.
public interface Sources {

    /// The definition in use under a name.
    Optional<SourceDefinition> find(String name);

    /// All definitions in use, in the order of their names.
    Collection<SourceDefinition> all();

    /// These definitions, for ever.
    ///
    /// @param definitions of two with one name the last counts
    static Sources of(Collection<SourceDefinition> definitions) {
        var byName = new TreeMap<String, SourceDefinition>();
        definitions.forEach(definition -> byName.put(definition.name(), definition));
        return new Fixed(byName);
    }

    /// Never changes.
    record Fixed(Map<String, SourceDefinition> byName) implements Sources {

        @Override
        public Optional<SourceDefinition> find(String name) {
            return Optional.ofNullable(byName.get(name));
        }

        @Override
        public Collection<SourceDefinition> all() {
            return byName.values();
        }
    }
}

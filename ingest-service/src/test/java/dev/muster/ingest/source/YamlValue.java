package dev.muster.ingest.source;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.YamlReader;

/// A JSON value as the examples' YAML gives it.
final class YamlValue {

    private YamlValue() {}

    static Object of(String json) {
        try {
            return YamlReader.readOne(null, json).plain();
        } catch (DefinitionException e) {
            throw new IllegalStateException(e);
        }
    }
}

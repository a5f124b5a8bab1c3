package dev.muster.ingest.source;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.library.Framework;
import dev.muster.service.StrictJson;
import java.io.IOException;
import java.nio.file.Path;

/// What ships, read once.
final class Shipped {

    static final FactCatalogue FACTS = Framework.fromClassPath().facts();
    static final Sources SOURCES = sources();
    static final Mapper MAPPER = new Mapper(FACTS, StrictJson.withDefaults());

    private Shipped() {}

    private static Sources sources() {
        try {
            return SourceFolders.shipped(FACTS);
        } catch (IOException | DefinitionException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path folder(String source) {
        return Path.of("sources", source);
    }

    static Path authentic() {
        return Path.of("../../shared/payloads");
    }
}

package dev.muster.ingest.connection;

import dev.muster.ingest.source.SourceDefinition;

/// One configured instance of a source.
///
/// @param verifier knows the secrets and never tells them
public record Connection(String name, SourceDefinition source, Verifier verifier) {}

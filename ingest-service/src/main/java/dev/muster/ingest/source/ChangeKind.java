package dev.muster.ingest.source;

/// What a mapping does to a fact, as written in a definition.
enum ChangeKind {
    SET,
    UPSERT,
    REMOVE,
    SNAPSHOT,
    INVALIDATE
}

package dev.muster.ingest.source;

/// What a source sends.
public enum Nature {
    /// How something is now: each delivery replaces what was known of it.
    STATE,
    /// All that there is within a scope: what is absent is resolved.
    SNAPSHOT,
    /// That something changed, but not to what.
    DELTA
}

package dev.muster.ingest.github;

/// What became of one question, for counting.
public enum Asked {
    FOUND,
    NOT_MODIFIED,
    MOVED,
    MISSING,
    WITHHELD,
    LIMITED,
    REFUSED,
    FAILED
}

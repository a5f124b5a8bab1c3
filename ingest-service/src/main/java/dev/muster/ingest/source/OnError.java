package dev.muster.ingest.source;

/// What the sender of a source does when its delivery is answered with an error.
public enum OnError {
    /// It comes back: 503 while the journal is unavailable is safe.
    RETRIES,
    /// It never comes back by itself: what is not kept now has to be asked for again.
    GIVES_UP
}

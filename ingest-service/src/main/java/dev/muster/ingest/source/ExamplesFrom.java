package dev.muster.ingest.source;

/// Where the shapes of a source's examples come from.
public enum ExamplesFrom {
    /// What the vendor writes about its payloads: no authentic example could be had.
    DOCUMENTATION,
    /// Payloads that the vendor itself publishes or tests with.
    VENDOR_TESTS,
    /// What an installation really sent.
    CAPTURED
}

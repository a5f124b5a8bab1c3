package dev.muster.ingest.webhook;

/// What a sender is told. The name in lower case is the `outcome` of the metric `muster.ingest.deliveries`.
enum Answer {
    ACCEPTED,
    UNAUTHENTICATED,
    TOO_LARGE,
    UNSUPPORTED_TYPE,
    TOO_SLOW,
    OVERLOADED,
    NOT_JOURNALLED
}

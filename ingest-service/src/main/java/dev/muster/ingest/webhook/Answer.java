package dev.muster.ingest.webhook;

import org.jspecify.annotations.Nullable;

/// What a sender is told. The name in lower case is the `outcome` of the metric `muster.ingest.deliveries`.
enum Answer {
    ACCEPTED(null),
    UNAUTHENTICATED("its signature or token is wrong"),
    TOO_LARGE("it is too large"),
    UNSUPPORTED_TYPE("its content type is not taken"),
    TOO_SLOW(null),
    OVERLOADED(null),
    NOT_JOURNALLED(null);

    private final @Nullable String fault;

    Answer(@Nullable String fault) {
        this.fault = fault;
    }

    /// What is wrong with the delivery itself; null when nothing is, as far as we know.
    @Nullable
    String fault() {
        return fault;
    }
}

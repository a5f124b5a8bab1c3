package dev.muster.ingest.source;

import dev.muster.schemas.DeadLetterReason;

/// A delivery that no fact can be made of, with the reason for people.
final class MappingRefused extends Exception {

    private final transient DeadLetterReason reason;

    MappingRefused(DeadLetterReason reason, String message) {
        super(message.length() > 500 ? message.substring(0, 500) + "…" : message, null, false, false);
        this.reason = reason;
    }

    DeadLetterReason reason() {
        return reason;
    }
}

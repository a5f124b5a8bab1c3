package dev.muster.records;

import dev.muster.schemas.DeadLetterReason;

/// A record was read but is of no use. It becomes a dead letter, and its neighbours go on.
public final class UnusableRecordException extends RuntimeException {

    private final DeadLetterReason reason;

    public UnusableRecordException(DeadLetterReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public DeadLetterReason reason() {
        return reason;
    }
}

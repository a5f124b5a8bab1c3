package dev.muster.ingest.payload;

/// A body that is not what its type says, or not within the bounds; the message is for people.
public final class UnreadablePayloadException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadablePayloadException(String message) {
        super(message, null, false, false);
    }
}

package dev.muster.ingest.declared;

import org.apache.kafka.common.errors.RetriableException;

/// Kafka cannot be asked right now; nothing was changed. Answered with 503.
public final class UnavailableException extends RetriableException {

    UnavailableException(String message) {
        super(message);
    }

    UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

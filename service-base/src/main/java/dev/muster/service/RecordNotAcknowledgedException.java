package dev.muster.service;

/// Kafka did not confirm that it has a record. Whether it has it is not known: to send it again must be harmless.
public final class RecordNotAcknowledgedException extends RuntimeException {

    RecordNotAcknowledgedException(String topic, Throwable cause) {
        super("Kafka did not acknowledge a record for " + topic + ": " + cause.getMessage(), cause);
    }
}

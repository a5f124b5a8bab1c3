package dev.muster.schemas;

import org.apache.kafka.common.errors.SerializationException;

/// The registry answered, and does not take a schema. The message says which subject, what was answered and what to do.
public final class SchemaRefusedException extends SerializationException {

    SchemaRefusedException(String message) {
        super(message);
    }
}

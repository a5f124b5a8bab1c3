package dev.muster.schemas;

import org.apache.kafka.common.errors.SerializationException;

/// The registry answered, and does not have the schema that was asked for.
public final class UnknownSchemaException extends SerializationException {

    UnknownSchemaException(String message) {
        super(message);
    }
}

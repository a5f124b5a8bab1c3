package dev.muster.schemas;

import org.apache.kafka.common.errors.RetriableException;

/// The registry could not be asked: it is down, answers with errors of its own, or does not let us in.
///
/// No record is at fault, so nothing may be given up because of it. The message names the registry, never a credential.
public final class SchemaRegistryException extends RetriableException {

    SchemaRegistryException(String message) {
        super(message);
    }

    SchemaRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.muster.service;

import org.jspecify.annotations.Nullable;

/// What a service needs is not there, and waiting did not help.
final class StartFailedException extends RuntimeException {

    StartFailedException(@Nullable String message, Throwable cause) {
        super(message, cause);
    }
}

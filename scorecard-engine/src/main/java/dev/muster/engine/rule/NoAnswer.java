package dev.muster.engine.rule;

import org.jspecify.annotations.Nullable;

/// An expression said `unknown(reason)`.
final class NoAnswer extends RuntimeException {

    NoAnswer(String reason) {
        super(reason, null, false, false);
    }

    /// The reason, when that is why an evaluation ended.
    static @Nullable String reason(Throwable broken) {
        for (var cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoAnswer answer) {
                return answer.getMessage();
            }
        }
        return null;
    }
}

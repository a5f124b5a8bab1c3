package dev.muster.engine.rule;

import dev.muster.engine.result.Outcome;
import org.jspecify.annotations.Nullable;

/// An expression has no answer: it said `unknown(reason)`, or asked for an attestation that is not there.
final class NoAnswer extends RuntimeException {

    private final Outcome outcome;

    /// @param outcome UNKNOWN, or STALE when there was an answer once
    NoAnswer(Outcome outcome, String reason) {
        super(reason, null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /// This one where both say the same.
    ///
    /// @throws Plan.NotPlanned otherwise: which of the two counts, the runtime knows
    NoAnswer and(NoAnswer other) {
        if (outcome == other.outcome && reason().equals(other.reason())) {
            return this;
        }
        throw new Plan.NotPlanned("two parts without an answer");
    }

    /// Why an evaluation ended, when that is why.
    static @Nullable NoAnswer in(Throwable broken) {
        for (var cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoAnswer answer) {
                return answer;
            }
        }
        return null;
    }
}

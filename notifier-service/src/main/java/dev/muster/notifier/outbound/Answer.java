package dev.muster.notifier.outbound;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.ledger.FailedBecause;
import java.time.Duration;
import java.util.function.Function;

/// How a call ended.
public sealed interface Answer {

    /// What it means for the message.
    ///
    /// @param received what an answer means for the channel
    default Attempt attempt(Function<Received, Attempt> received) {
        return switch (this) {
            case Received it -> received.apply(it);
            case Missing(var reason, var detail)
            when reason == FailedBecause.BLOCKED -> new Attempt.GivenUp(reason, detail);
            case Missing(var reason, var detail) -> new Attempt.TryAgain(reason, detail);
        };
    }

    /// There was an answer.
    ///
    /// @param retryAfter what it asked for; zero for nothing
    /// @param body at most [Outbound#LARGEST] bytes, as UTF-8
    record Received(int status, Duration retryAfter, String body) implements Answer {

        /// Whether the status says yes.
        public boolean good() {
            return status / 100 == 2;
        }
    }

    /// There was none.
    ///
    /// @param detail in words, without the address
    record Missing(FailedBecause reason, String detail) implements Answer {}
}

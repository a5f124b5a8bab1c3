package dev.muster.notifier.outbound;

import dev.muster.notifier.ledger.FailedBecause;
import java.time.Duration;

/// How a call ended.
public sealed interface Answer {

    /// There was an answer.
    ///
    /// @param retryAfter what it asked for; zero for nothing
    /// @param body at most [Outbound#LARGEST] bytes, as UTF-8
    record Received(int status, Duration retryAfter, String body) implements Answer {}

    /// There was none.
    ///
    /// @param detail in words, without the address
    record Missing(FailedBecause reason, String detail) implements Answer {}
}

package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.ChannelName;
import java.time.Duration;

/// A way to reach people. A new one extends the contract kit in the tests and is tested at once.
public interface Channel {

    /// Which one.
    ChannelName name();

    /// Tries once, within a bounded time. Sends nothing twice by itself, throws nothing for what a stranger can
    /// answer, and returns on interruption.
    Attempt send(Envelope envelope);

    /// Least time between two messages to one destination.
    default Duration pace() {
        return Duration.ZERO;
    }
}

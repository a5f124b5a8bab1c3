package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.ChannelName;

/// A way to reach people. A new one extends the contract kit in the tests and is tested at once.
public interface Channel {

    /// Which one.
    ChannelName name();

    /// Tries once, within a bounded time. Sends nothing twice by itself, throws nothing for what a stranger can
    /// answer, and returns on interruption.
    Attempt send(Envelope envelope);

    /// How often `destination` may be sent to.
    default Pace pace(String destination) {
        return Pace.NONE;
    }

    /// Whether a message opens something that somebody has to close, such as an incident: a test of the
    /// destination then closes it again.
    default boolean opens() {
        return false;
    }
}

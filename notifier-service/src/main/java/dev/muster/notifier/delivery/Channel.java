package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.ChannelName;
import java.util.Set;

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

    /// Names of the destinations that wait along when the receiver of `destination` asks for a pause, because they
    /// share its credential.
    default Set<String> along(String destination) {
        return Set.of();
    }

    /// Whether one server stands before all destinations, as for mail. As long as it is not known to answer, one
    /// message at a time is tried there, and its trouble is none of a destination's.
    default boolean oneServer() {
        return false;
    }
}

package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.SuppressedBecause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one try to deliver a message went. `detail` is for operators and never holds an address, a URL or a
/// credential.
public sealed interface Attempt {

    /// The channel shows it to people.
    ///
    /// @param channelRef what the channel calls it, to answer it later
    record Delivered(@Nullable String channelRef) implements Attempt {}

    /// The channel took it; what it does with it is not known.
    record Accepted() implements Attempt {}

    /// The destination is not to hear of such a thing; nothing was sent.
    record NotWanted(SuppressedBecause reason, String detail) implements Attempt {}

    /// The channel may take it later, or may have taken it without saying so.
    ///
    /// @param after what the channel asked for; zero when it asked for nothing
    /// @param pause what else has to wait that long
    record TryAgain(FailedBecause reason, Duration after, Pause pause, String detail) implements Attempt {

        /// A failure of this one message, at no particular time.
        public TryAgain(FailedBecause reason, String detail) {
            this(reason, Duration.ZERO, Pause.NOTHING, detail);
        }
    }

    /// The channel does not take this form of it: once, the plain form is tried.
    record Shorten(String detail) implements Attempt {}

    /// The channel will never take it.
    record GivenUp(FailedBecause reason, String detail) implements Attempt {}

    /// What waits together with a message.
    enum Pause {
        NOTHING,
        /// The destination, and those that share its credential.
        DESTINATION,
        /// All destinations, because the one server before them is in trouble.
        CHANNEL
    }

    /// Whether the one server before all destinations is in trouble.
    default boolean stopsChannel() {
        return this instanceof TryAgain again && again.pause() == Pause.CHANNEL;
    }

    /// Whether it shows that the one server before all destinations answers, if with a no.
    default boolean answered() {
        return switch (this) {
            case Delivered _, Accepted _, Shorten _ -> true;
            case TryAgain again ->
                !stopsChannel()
                        && (again.reason() == FailedBecause.RATE_LIMITED
                                || again.reason() == FailedBecause.SERVER_ERROR);
            case GivenUp given -> given.reason() == FailedBecause.GONE || given.reason() == FailedBecause.REFUSED;
            case NotWanted _ -> false;
        };
    }
}

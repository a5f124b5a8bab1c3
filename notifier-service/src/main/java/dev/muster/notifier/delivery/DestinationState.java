package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.ChannelName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a destination is doing. Holds neither its address nor a credential.
///
/// @param pausedUntil when it will be sent to again; null when it is now
/// @param reason why the last attempts failed, there or at the mail server, one of `FailedBecause`, or why the channel
/// is
/// paused
/// @param detail the same for operators
/// @param failures attempts that failed one after the other
/// @param since when that began
/// @param waiting messages that wait for it
/// @param failed messages that it never got
public record DestinationState(
        String name,
        ChannelName channel,
        State state,
        @Nullable Instant pausedUntil,
        @Nullable String reason,
        @Nullable String detail,
        int failures,
        @Nullable Instant since,
        long waiting,
        long failed) {

    /// A closed list, because it is part of the API.
    public enum State {
        /// Nothing is known against it.
        OK,
        /// The last attempt failed.
        FAILING,
        /// Nothing is sent to it for a while, because it asked for that, fails again and again, or the mail server is
        /// in
        /// trouble.
        PAUSED,
        /// Somebody has to mend it: its credential is refused, or it is not there any more.
        BROKEN,
        /// A mail address that was refused again and again: it is not tried until somebody releases it.
        SUPPRESSED
    }
}

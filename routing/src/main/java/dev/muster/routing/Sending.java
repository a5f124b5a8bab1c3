package dev.muster.routing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a node sends, what it inherits included.
///
/// @param receivers who hears of it when the owner has no destination of its own
/// @param also who hears of it in any case
/// @param groupWait how long a message gathers; null for the service's own
/// @param digest how often messages leave; null for as their owner says, or each by itself
/// @param mute when messages are held back
/// @param escalateAfter after which time unresolved the parent team hears of it; null for never
public record Sending(
        List<String> receivers,
        List<String> also,
        @Nullable Duration groupWait,
        @Nullable Digest digest,
        List<MuteTime> mute,
        @Nullable Duration escalateAfter) {

    public Sending {
        receivers = List.copyOf(receivers);
        also = List.copyOf(also);
        mute = List.copyOf(mute);
    }

    /// How often messages leave: as the node says, else as their owner does, else each by itself.
    public Digest digest(Optional<Digest> owners) {
        return digest == null ? owners.orElse(Digest.IMMEDIATE) : digest;
    }
}

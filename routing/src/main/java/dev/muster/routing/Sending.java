package dev.muster.routing;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a node sends, what it inherits included.
///
/// @param receivers who hears of it when the owner has no destination of its own
/// @param also who hears of it in any case
/// @param groupWait how long a message gathers; null for the service's own
/// @param mute when messages are held back
/// @param escalateAfter after which time unresolved the parent team hears of it; null for never
public record Sending(
        List<String> receivers,
        List<String> also,
        @Nullable Duration groupWait,
        Digest digest,
        List<MuteTime> mute,
        @Nullable Duration escalateAfter) {

    public Sending {
        receivers = List.copyOf(receivers);
        also = List.copyOf(also);
        mute = List.copyOf(mute);
    }
}

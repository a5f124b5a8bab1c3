package dev.muster.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why a message waits, and until when.
public record Hold(HeldBecause because, Instant until) {

    /// How long a message gathers that begins at `now`: until its window ends, or for the wait of its
    /// node.
    ///
    /// @param digest of the owner
    /// @param groupWait for nodes that have none of their own
    public static Hold gathering(Sending sending, Optional<Digest> digest, Instant now, Duration groupWait) {
        var wait = sending.groupWait() == null ? groupWait : sending.groupWait();
        return sending.digest(digest)
                .next(now)
                .map(end -> new Hold(HeldBecause.DIGEST, end))
                .orElseGet(() -> new Hold(HeldBecause.GROUPING, now.plus(wait)));
    }

    /// Until when mute times hold a message back that would leave at `now`: those of the node and the
    /// owner's.
    ///
    /// @param quiet quiet hours of the owner
    public static Optional<Hold> muted(Sending sending, Optional<MuteTime> quiet, Instant now) {
        var mutes = new ArrayList<>(sending.mute());
        quiet.ifPresent(mutes::add);
        return MuteTime.until(mutes, now).map(end -> new Hold(HeldBecause.MUTED, end));
    }

    /// All that a message waits for that begins at `now` and that nobody silences, in order; it leaves
    /// at the end of the last one.
    ///
    /// @param digest of the owner
    /// @param quiet quiet hours of the owner
    public static List<Hold> all(
            Sending sending, Optional<Digest> digest, Optional<MuteTime> quiet, Instant now, Duration groupWait) {
        var gathering = gathering(sending, digest, now, groupWait);
        return muted(sending, quiet, gathering.until())
                .map(it -> List.of(gathering, it))
                .orElse(List.of(gathering));
    }
}

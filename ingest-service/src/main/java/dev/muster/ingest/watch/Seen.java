package dev.muster.ingest.watch;

import dev.muster.schemas.v1.Trouble;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was seen of one connection since it was last written down. Immutable; [#and] puts two together.
///
/// @param rejectedSinceAccepted those that were rejected after the last one that was accepted
/// @param unmapped event types that no mapping reads
/// @param clockDifferenceMillis of the last delivery that told a time, see [dev.muster.schemas.v1.ConnectionStatus]
record Seen(
        long accepted,
        @Nullable Instant firstAcceptedAt,
        @Nullable Instant lastAcceptedAt,
        long rejected,
        long rejectedSinceAccepted,
        @Nullable Trouble lastRejected,
        @Nullable Instant lastMappedAt,
        long failed,
        @Nullable Trouble lastFailure,
        Map<String, Times> unmapped,
        @Nullable Long clockDifferenceMillis) {

    /// How often, and when last.
    record Times(long count, Instant lastAt) {

        Times and(Times later) {
            return new Times(count + later.count, later(lastAt, later.lastAt));
        }

        private static Instant later(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }
    }

    private static Seen of(
            @Nullable Instant acceptedAt,
            @Nullable Trouble rejected,
            @Nullable Instant mappedAt,
            @Nullable Trouble failed) {
        return new Seen(
                acceptedAt == null ? 0 : 1,
                acceptedAt,
                acceptedAt,
                rejected == null ? 0 : 1,
                rejected == null ? 0 : 1,
                rejected,
                mappedAt,
                failed == null ? 0 : 1,
                failed,
                Map.of(),
                null);
    }

    static Seen accepted(Instant at) {
        return of(at, null, null, null);
    }

    static Seen rejected(Trouble why) {
        return of(null, why, null, null);
    }

    static Seen failed(Trouble why) {
        return of(null, null, null, why);
    }

    /// @param unmapped event type, when no mapping reads it
    static Seen mapped(Instant at, @Nullable String unmapped, @Nullable Long clockDifferenceMillis) {
        var times = unmapped == null ? Map.<String, Times>of() : Map.of(unmapped, new Times(1, at));
        return new Seen(0, null, null, 0, 0, null, at, 0, null, times, clockDifferenceMillis);
    }

    Seen and(Seen later) {
        var events = new HashMap<>(unmapped);
        later.unmapped.forEach((event, times) -> events.merge(event, times, Times::and));
        return new Seen(
                accepted + later.accepted,
                firstAcceptedAt == null ? later.firstAcceptedAt : firstAcceptedAt,
                or(later.lastAcceptedAt, lastAcceptedAt),
                rejected + later.rejected,
                later.accepted > 0 ? later.rejectedSinceAccepted : rejectedSinceAccepted + later.rejectedSinceAccepted,
                or(later.lastRejected, lastRejected),
                or(later.lastMappedAt, lastMappedAt),
                failed + later.failed,
                or(later.lastFailure, lastFailure),
                events,
                or(later.clockDifferenceMillis, clockDifferenceMillis));
    }

    private static <T> @Nullable T or(@Nullable T newer, @Nullable T older) {
        return newer == null ? older : newer;
    }
}

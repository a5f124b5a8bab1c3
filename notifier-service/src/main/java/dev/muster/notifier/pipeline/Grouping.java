package dev.muster.notifier.pipeline;

import dev.muster.notifier.message.Direction;
import dev.muster.notifier.text.Digest;
import dev.muster.notifier.transition.Cause;
import dev.muster.schemas.v1.CauseKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which transitions share a message: those of one owner, cause and route; recoveries of one thread,
/// whatever their causes.
final class Grouping {

    private Grouping() {}

    /// The key of the message that a transition joins.
    ///
    /// @param threadId thread that a recovery answers; null for regressions
    /// @param route path of the node
    static String key(
            Direction direction, @Nullable String owner, Cause cause, @Nullable String threadId, String route) {
        return threadId == null
                ? Digest.of(direction.name(), name(owner), cause(cause), "", route)
                : Digest.of(direction.name(), name(owner), "thread", threadId, route);
    }

    /// The key of a digest: one message an owner, route and window, whatever happened.
    static String digest(@Nullable String owner, String route, Instant end) {
        return Digest.of("digest", name(owner), route, end.toString());
    }

    /// The key of what goes back and forth: one message for one result.
    static String flapping(String entity, String scorecard) {
        return Digest.of("flapping", entity, scorecard);
    }

    /// The key of what goes back and forth and is told besides: one message for one result, owner and route.
    static String flapping(String entity, String scorecard, @Nullable String owner, String route) {
        return Digest.of("flapping", entity, scorecard, name(owner), route);
    }

    /// The key of what a silence holds back: one message an owner and route; what answers a thread only within it.
    static String silenced(
            Direction direction, @Nullable String owner, String route, String silence, @Nullable String threadId) {
        return Digest.of("silenced", direction.name(), name(owner), route, silence, threadId == null ? "" : threadId);
    }

    /// The key of what a parent team hears of a team.
    static String escalated(@Nullable String parent, @Nullable String owner, String route) {
        return Digest.of("escalated", name(parent), name(owner), route);
    }

    private static String name(@Nullable String owner) {
        return owner == null ? "" : owner;
    }

    /// What counts as one cause: one delivery, else one passing instant, else one change of one fact.
    private static String cause(Cause cause) {
        if (cause.kind() == CauseKind.CLOCK) {
            return "clock|" + cause.at();
        }
        return cause.deliveryId() != null
                ? "delivery|" + cause.connection() + "|" + cause.deliveryId()
                : "fact|" + cause.subject() + "|" + cause.fact() + "|" + cause.at();
    }
}

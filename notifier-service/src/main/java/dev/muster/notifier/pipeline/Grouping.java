package dev.muster.notifier.pipeline;

import dev.muster.notifier.message.Direction;
import dev.muster.notifier.text.Digest;
import dev.muster.notifier.transition.Cause;
import dev.muster.schemas.v1.CauseKind;
import org.jspecify.annotations.Nullable;

/// Which transitions share a message: those of one owner with one cause; recoveries only within one thread.
final class Grouping {

    private Grouping() {}

    /// The key of the message that a transition joins.
    ///
    /// @param threadId thread that a recovery answers; null for regressions
    static String key(Direction direction, @Nullable String owner, Cause cause, @Nullable String threadId) {
        return Digest.of(direction.name(), owner == null ? "" : owner, cause(cause), threadId == null ? "" : threadId);
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

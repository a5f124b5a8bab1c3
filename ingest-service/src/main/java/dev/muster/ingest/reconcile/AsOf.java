package dev.muster.ingest.reconcile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The instant up to which a reading holds what happened at GitHub: the version of the facts that have no time of their
/// own.
final class AsOf {

    /// GitHub answers from copies that may be behind by some seconds. A reading claims no more than it surely holds, so
    /// that a webhook about what it does not hold yet wins.
    static final Duration BEHIND = Duration.ofSeconds(10);

    private AsOf() {}

    /// @param asOf what the answer says
    /// @param after invalidation that made us ask, which came before: the reading is later than it
    static Instant of(Instant asOf, @Nullable Instant after) {
        var careful = asOf.minus(BEHIND);
        return after == null || after.isBefore(careful) ? careful : after.plusMillis(1);
    }
}

package dev.muster.engine.result;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who declared an entity or a scorecard, and when.
///
/// @param by name of the token; null when it is not known, as of what was deleted
/// @param deliveryId request that did it
public record Declared(
        Instant at, @Nullable String by, @Nullable String deliveryId) {

    private static final String SOURCE = "api";

    /// The cause that it is.
    ///
    /// @param subject what a claim is about, null for anything else
    /// @param baseline whether it tells of what was so before
    public Cause cause(CauseKind kind, @Nullable String subject, int scorecardVersion, boolean baseline) {
        return new Cause(
                kind, SOURCE, by, deliveryId, by, null, subject, null, null, null, at, scorecardVersion, baseline);
    }
}

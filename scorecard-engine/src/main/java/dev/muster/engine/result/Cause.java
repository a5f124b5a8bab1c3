package dev.muster.engine.result;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why a result changed: enough to find the event at its source.
///
/// @param source such as `github`; `clock` for time, `api` for declarations
/// @param connection connection or token
/// @param deliveryId delivery or request that caused it; the correlation id
/// @param actor who did it at the source
/// @param url where a person can look at it
/// @param subject subject of the fact that changed
/// @param fact fact that changed
/// @param before value before, shortened, for people
/// @param after value after, shortened, for people
/// @param at when it happened: source time of the fact, the instant that passed, or the time of the declaration
/// @param scorecardVersion version of the scorecard that judged
/// @param baseline true when it describes what was so before Muster looked: it notifies nobody
public record Cause(
        CauseKind kind,
        String source,
        @Nullable String connection,
        @Nullable String deliveryId,
        @Nullable String actor,
        @Nullable String url,
        @Nullable String subject,
        @Nullable String fact,
        @Nullable String before,
        @Nullable String after,
        Instant at,
        int scorecardVersion,
        boolean baseline) {

    /// The instant `at` passed.
    public static Cause clock(Instant at, int scorecardVersion) {
        return new Cause(
                CauseKind.CLOCK, "clock", null, null, null, null, null, null, null, null, at, scorecardVersion, false);
    }

    /// The same for a first result: whatever it was, nobody has to hear of what was so before.
    public Cause asBaseline() {
        return new Cause(
                kind,
                source,
                connection,
                deliveryId,
                actor,
                url,
                subject,
                fact,
                before,
                after,
                at,
                scorecardVersion,
                true);
    }
}

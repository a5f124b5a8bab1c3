package dev.muster.portal.result;

import dev.muster.schemas.v1.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why something changed.
///
/// @param kind FACT, CLOCK, ENTITY, CLAIM or SCORECARD
/// @param at when it happened: at the source, or the instant that passed
/// @param baseline true when it describes what was so before Muster looked
public record CauseView(
        String kind,
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

    public static CauseView of(Cause cause) {
        return new CauseView(
                cause.getKind().name(),
                cause.getSource(),
                cause.getConnection(),
                cause.getDeliveryId(),
                cause.getActor(),
                cause.getUrl(),
                cause.getSubject(),
                cause.getFact(),
                cause.getBefore(),
                cause.getAfter(),
                cause.getAt(),
                cause.getScorecardVersion(),
                cause.getBaseline());
    }
}

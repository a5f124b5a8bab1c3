package dev.muster.portal.transition;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.portal.result.CauseView;
import dev.muster.schemas.v1.RuleChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change of one result, with its cause.
///
/// @param id the same in every replay
/// @param kind REGRESSED, RECOVERED, DECAYED, BASELINE or CHANGED
/// @param before null for the first
/// @param after null when the entity or scorecard ended
/// @param told false when the scorecard is a draft or does not notify this kind
public record TransitionView(
        String id,
        Instant at,
        String entity,
        String scorecard,
        String scorecardTitle,
        int scorecardVersion,
        long version,
        String kind,
        @Nullable StandingView before,
        @Nullable StandingView after,
        List<RuleChangeView> changes,
        CauseView cause,
        @Nullable String owner,
        @Nullable Integer tier,
        @JsonProperty("notify") boolean told) {

    /// A result in short.
    public record StandingView(@Nullable String level, int score, int coverage) {}

    /// What happened to one rule.
    ///
    /// @param before null when the rule is new
    /// @param after null when the rule is gone
    public record RuleChangeView(
            String rule,
            String title,
            String level,
            @Nullable String before,
            @Nullable String after,
            String message,
            @Nullable String remediation) {

        static RuleChangeView of(RuleChange change) {
            return new RuleChangeView(
                    change.getRule(),
                    change.getTitle(),
                    change.getLevel(),
                    change.getBefore() == null ? null : change.getBefore().name(),
                    change.getAfter() == null ? null : change.getAfter().name(),
                    change.getMessage(),
                    change.getRemediation());
        }
    }
}

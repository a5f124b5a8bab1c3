package dev.muster.portal.asof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.engine.rule.RuleExplanation;
import dev.muster.portal.result.ResultView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The scorecard of an entity as of an instant: what a result is made of, and what was recorded of it then.
///
/// @param asOf the instant, in whole milliseconds
/// @param result made again of the facts, the claims and the version of the scorecard of that time; its `version` is
///     the recorded one, 0 when none is recorded
/// @param recorded what the transitions say that were told then; null when they say nothing
/// @param agrees whether level, score, coverage and every outcome are as recorded; null when nothing is.
///     `since` is not compared: it was evaluated some moments after it was recorded, and so may be that much later
///     there. For the same reason an instant within moments of a change may not agree.
/// @param explanations why each rule has its outcome, when that was asked for
record AsOfView(
        Instant asOf,
        @JsonUnwrapped ResultView result,
        @Nullable Recorded recorded,
        @Nullable Boolean agrees,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RuleExplanation> explanations) {

    /// What was recorded.
    ///
    /// @param level highest level reached; null when not even the lowest was, or the result had ended
    /// @param score null when the result had ended
    /// @param kind of the last transition up to then; null when it is older than transitions are kept
    /// @param at when that was
    record Recorded(
            long version,
            @Nullable String level,
            @Nullable Integer score,
            @Nullable Integer coverage,
            @Nullable String kind,
            @Nullable Instant at) {}
}

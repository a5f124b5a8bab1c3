package dev.muster.engine.result;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The scorecard of one entity at one instant.
///
/// @param level highest level reached, null when not even the lowest is
/// @param score weight passed of weight decided, 0 to 100
/// @param coverage weight decided of weight applicable, 0 to 100
/// @param rules outcomes in the order of the scorecard
/// @param nextChangeAt earliest instant at which any outcome can change without any new fact
public record Result(
        String entity,
        String scorecard,
        int scorecardVersion,
        @Nullable String level,
        int score,
        int coverage,
        Instant evaluatedAt,
        List<RuleOutcome> rules,
        @Nullable Instant nextChangeAt) {

    public Result {
        rules = List.copyOf(rules);
    }
}

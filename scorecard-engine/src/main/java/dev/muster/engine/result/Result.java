package dev.muster.engine.result;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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

    /// How long to wait when the next change is not in the future. It always is; this keeps a mistake in that from
    /// turning into a busy loop.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    public Result {
        rules = List.copyOf(rules);
    }

    /// When to judge again without any new fact: the next change in whole milliseconds, and later than this result.
    public @Nullable Instant lookAgainAt() {
        var next = WholeMillis.up(nextChangeAt);
        return next == null || next.isAfter(evaluatedAt) ? next : evaluatedAt.plus(LOOK_AGAIN);
    }

    /// Whether `other` says the same of the same version, whenever it was evaluated.
    public boolean looksLike(Result other) {
        return scorecardVersion == other.scorecardVersion
                && Objects.equals(level, other.level)
                && score == other.score
                && coverage == other.coverage
                && Objects.equals(lookAgainAt(), other.lookAgainAt())
                && rules.equals(other.rules);
    }
}

package dev.muster.notifier.transition;

import dev.muster.schemas.v1.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A result in short.
///
/// @param level highest level reached, null when not even the lowest is
/// @param score 0 to 100
/// @param outcomes rule id to outcome, all rules of the scorecard
public record Standing(@Nullable String level, int score, Map<String, Outcome> outcomes) {

    public Standing {
        outcomes = Map.copyOf(outcomes);
    }
}

package dev.muster.engine.result;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Outcome of one rule with its reasons.
///
/// @param rule id of the rule
/// @param since since when the outcome is this one
/// @param message evidence in words
/// @param nextChangeAt next instant at which it can change without any new fact, null when none can change it
public record RuleOutcome(
        String rule,
        Outcome outcome,
        Instant since,
        String message,
        List<Evidence> evidence,
        @Nullable Instant nextChangeAt) {

    public RuleOutcome {
        evidence = List.copyOf(evidence);
    }

    /// The outcome of `rule`; null when there is none.
    ///
    /// @param place where it stands as long as nobody edits the scorecard: looked at first
    public static @Nullable RuleOutcome find(List<RuleOutcome> outcomes, int place, String rule) {
        if (place < outcomes.size() && outcomes.get(place).rule().equals(rule)) {
            return outcomes.get(place);
        }
        for (var outcome : outcomes) {
            if (outcome.rule().equals(rule)) {
                return outcome;
            }
        }
        return null;
    }
}

package dev.muster.notifier.transition;

import dev.muster.schemas.v1.Outcome;
import org.jspecify.annotations.Nullable;

/// What happened to one rule in a transition.
///
/// @param before null when the rule is new
/// @param after null when the rule is gone
/// @param message evidence in words, after
/// @param remediation what to do, a link or text
public record RuleChange(
        String rule,
        String title,
        String level,
        @Nullable Outcome before,
        @Nullable Outcome after,
        String message,
        @Nullable String remediation) {

    /// Whether its outcome is another one, and not only what is said of it.
    public boolean turns() {
        return before != after;
    }
}

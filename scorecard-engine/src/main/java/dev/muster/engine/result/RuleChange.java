package dev.muster.engine.result;

import org.jspecify.annotations.Nullable;

/// What happened to one rule in a transition.
///
/// @param before null when the rule is new
/// @param after null when the rule is gone; the same as before when only the message changed
/// @param message evidence in words, after; empty when the rule is gone
public record RuleChange(
        String rule, @Nullable Outcome before, @Nullable Outcome after, String message) {}

package dev.muster.engine.result;

import java.util.List;

/// What changed between two results.
///
/// @param changes rules whose outcome or message changed: outcomes first, worst first
public record Transition(TransitionKind kind, List<RuleChange> changes) {

    public Transition {
        changes = List.copyOf(changes);
    }
}

package dev.muster.engine.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What changed between two results.
///
/// @param before null for the first result
/// @param after null when the entity or the scorecard ended
/// @param changes rules whose outcome or message changed: outcomes first, worst first
public record Transition(
        TransitionKind kind,
        @Nullable Standing before,
        @Nullable Standing after,
        List<RuleChange> changes) {

    public Transition {
        changes = List.copyOf(changes);
    }
}

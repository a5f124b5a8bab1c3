package dev.muster.engine.definition;

import dev.muster.engine.result.TransitionKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scorecard as its author means it, with every reused rule filled in.
///
/// @param appliesTo CEL over `entity`; `true` when the file does not say
/// @param levels from the lowest to the highest, at least one
/// @param draft evaluated and shown, but notifies nobody
public record ScorecardDefinition(
        String name,
        String title,
        @Nullable String description,
        @Nullable String owner,
        String appliesTo,
        List<String> levels,
        boolean notifyRegressions,
        boolean notifyRecoveries,
        boolean draft,
        List<RuleDefinition> rules) {

    public ScorecardDefinition {
        levels = List.copyOf(levels);
        rules = List.copyOf(rules);
    }

    /// The same scorecard as if it counted always: a draft as if it were none, and a rule that counts from a
    /// day on as if it had before.
    public ScorecardDefinition counting() {
        return new ScorecardDefinition(
                name,
                title,
                description,
                owner,
                appliesTo,
                levels,
                notifyRegressions,
                notifyRecoveries,
                false,
                rules.stream().map(RuleDefinition::counting).toList());
    }

    /// Whether the scorecard wants people to hear of a transition. Decay is bad news and goes with regressions; what
    /// follows from an edit of the entity is known to whoever edited it.
    public boolean notifies(TransitionKind kind) {
        return !draft
                && switch (kind) {
                    case REGRESSED, DECAYED -> notifyRegressions;
                    case RECOVERED -> notifyRecoveries;
                    case CHANGED, BASELINE -> false;
                };
    }
}

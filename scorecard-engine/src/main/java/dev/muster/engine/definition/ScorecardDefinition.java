package dev.muster.engine.definition;

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
}

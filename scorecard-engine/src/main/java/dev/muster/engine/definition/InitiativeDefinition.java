package dev.muster.engine.definition;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An initiative as its author means it: what some entities are to reach on a scorecard, and by when.
///
/// @param scorecard name of the scorecard
/// @param level that is to be reached; null when rules are to be met
/// @param rules ids of the rules that are to be met; empty when a level is to be reached
/// @param appliesTo CEL over `entity`, within what the scorecard applies to; `true` when the file does not say
/// @param startsAt null for the day on which it is first declared
/// @param due what is not done before this instant is overdue
public record InitiativeDefinition(
        String name,
        String title,
        @Nullable String description,
        @Nullable String owner,
        String scorecard,
        @Nullable String level,
        List<String> rules,
        String appliesTo,
        @Nullable Instant startsAt,
        Instant due) {

    public InitiativeDefinition {
        rules = List.copyOf(rules);
    }
}

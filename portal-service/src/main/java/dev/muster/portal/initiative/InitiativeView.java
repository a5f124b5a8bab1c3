package dev.muster.portal.initiative;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An initiative as it was declared.
///
/// @param level that is to be reached; null when rules are to be met
/// @param rules ids of those that are to be met; empty when a level is to be reached
/// @param appliesTo CEL over the entity: which of those that the scorecard scores
/// @param due what is not done before this instant is overdue
record InitiativeView(
        String name,
        String title,
        @Nullable String description,
        @Nullable String owner,
        String scorecard,
        @Nullable String level,
        List<String> rules,
        String appliesTo,
        Instant startsAt,
        Instant due,
        Instant appliedAt,
        String appliedBy) {

    /// The last day on which it is not overdue, in UTC.
    public LocalDate lastDay() {
        return LocalDate.ofInstant(due.minusMillis(1), ZoneOffset.UTC);
    }

    /// Whether the time is up.
    boolean isOver(Instant now) {
        return !now.isBefore(due);
    }
}

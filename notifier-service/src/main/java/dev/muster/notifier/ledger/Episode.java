package dev.muster.notifier.ledger;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The time from the regression of an entity on a scorecard to its recovery.
///
/// @param rules rules that broke in it and are not resolved; empty when only a level was lost
/// @param threadId notification that told the regression first; null when it was not to be told
/// @param told how far the telling came
public record Episode(
        String id,
        String entity,
        String scorecard,
        Set<String> rules,
        Instant openedAt,
        @Nullable String threadId,
        Told told) {

    public Episode {
        rules = Set.copyOf(rules);
    }

    /// How far the telling of a regression came.
    public enum Told {
        /// The scorecard did not want it told.
        NOT_TO_BE_TOLD,
        /// Its message still gathers.
        WAITING,
        /// Its message left, or is about to.
        TOLD
    }
}

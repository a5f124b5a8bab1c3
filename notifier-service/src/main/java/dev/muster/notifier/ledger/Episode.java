package dev.muster.notifier.ledger;

import dev.muster.notifier.transition.Transition;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The time from the regression of an entity on a scorecard to its recovery.
///
/// @param rules rules that broke in it and are not resolved; empty when only a level was lost
/// @param threadId notification that told the regression first; null when it was not to be told
/// @param told how far the telling came
/// @param open false when it has ended and that is not told yet
/// @param ending its recovery, or that of a part, that waits to be told; null for none
public record Episode(
        String id,
        String entity,
        String scorecard,
        Set<String> rules,
        Instant openedAt,
        @Nullable String threadId,
        Told told,
        boolean open,
        @Nullable Transition ending) {

    public Episode {
        rules = Set.copyOf(rules);
    }

    /// How far the telling of a regression came.
    public enum Told {
        /// The scorecard did not want it told.
        NOT_TO_BE_TOLD,
        /// Its message still gathers.
        WAITING,
        /// A message left, or is about to.
        TOLD
    }
}

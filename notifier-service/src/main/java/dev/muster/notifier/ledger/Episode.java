package dev.muster.notifier.ledger;

import dev.muster.notifier.transition.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The time from the regression of an entity on a scorecard to its recovery.
///
/// @param rules rules that broke in it and are not resolved; empty when only a level was lost
/// @param threadId notification that told the regression first; null when it was not to be told
/// @param told how far the telling came
/// @param open false when it has ended and that is not told yet
/// @param endings its recoveries, whole or of a part, that wait to be told, the last one behind
/// @param waiting rules whose last regression still gathers
/// @param unheard rules whose last regression nobody was told of: it was withdrawn, or never to be told
public record Episode(
        String id,
        String entity,
        String scorecard,
        Set<String> rules,
        Instant openedAt,
        @Nullable String threadId,
        Told told,
        boolean open,
        List<Transition> endings,
        Set<String> waiting,
        Set<String> unheard) {

    public Episode {
        rules = Set.copyOf(rules);
        endings = List.copyOf(endings);
        waiting = Set.copyOf(waiting);
        unheard = Set.copyOf(unheard);
    }

    /// How far the telling of a regression came.
    public enum Told {
        /// The scorecard did not want it told.
        NOT_TO_BE_TOLD,
        /// Nobody heard of it yet: its message still gathers, or was over before it left.
        WAITING,
        /// A message left, or is about to.
        TOLD
    }
}

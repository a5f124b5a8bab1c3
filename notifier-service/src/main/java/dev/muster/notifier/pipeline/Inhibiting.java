package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.Ledger.Waiting;
import dev.muster.notifier.transition.Transition;
import dev.muster.routing.HeldBecause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A level that was lost speaks for the rules that break at the same time: while its message waits,
/// they come along in it and make none of their own. A pure function.
///
/// @param spokenForBy notification that tells `it`, null when it makes its own
/// @param speaksFor waiting transitions that `it` takes along
record Inhibiting(@Nullable String spokenForBy, List<String> speaksFor) {

    Inhibiting {
        speaksFor = List.copyOf(speaksFor);
    }

    /// @param it a regression that is to be told
    /// @param waiting transitions of the same entity and scorecard whose messages still wait; a digest,
    /// a silence and what goes back and forth speak for nobody, so that nothing waits longer for it
    static Inhibiting of(Transition it, List<Waiting> waiting) {
        if (it.lost() != null) {
            return new Inhibiting(
                    null,
                    waiting.stream()
                            .filter(other -> other.regression() && other.lost() == null)
                            .filter(other ->
                                    other.held() != HeldBecause.SILENCED && other.held() != HeldBecause.FLAPPING)
                            .map(Waiting::transition)
                            .toList());
        }
        return new Inhibiting(
                waiting.stream()
                        .filter(other -> other.regression() && other.lost() != null)
                        .filter(other -> other.held() == HeldBecause.GROUPING || other.held() == HeldBecause.MUTED)
                        .map(Waiting::notification)
                        .findFirst()
                        .orElse(null),
                List.of());
    }
}

package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.pipeline.Decision.Telling;
import dev.muster.notifier.pipeline.Decision.Telling.Damp;
import dev.muster.notifier.pipeline.Decision.Telling.Suppress;
import dev.muster.notifier.pipeline.Decision.Telling.Tell;
import dev.muster.schemas.v1.TransitionKind;
import java.util.List;
import java.util.stream.IntStream;

/// Holds back what goes back and forth. A pure function.
///
/// Hysteresis: a rule is taken for restless with its `changes`-th change within `within`, or once it broke again after
/// a regression and its recovery that were to be told; and for steady only when no change came for as long. What is
/// restless is told in one message once it is steady, or after `longest`.
final class Flapping {

    private Flapping() {}

    /// The second turn: back to what was told already.
    private static final int BACK = 2;

    /// @param changes how often the rule changed within the settings' time, this change included
    /// @param turns how often what was to be told of each rule went over from regression to recovery, or back,
    /// within that time, this change included; of the rule that did least
    static Telling damp(Telling telling, int changes, int turns, FlapSettings settings) {
        var restless = changes >= settings.changes() || turns >= BACK;
        return switch (telling) {
            case Tell _ -> restless ? new Damp() : telling;
            case Suppress(var reason) ->
                restless && reason == SuppressedBecause.RECOVERED_WITHIN_WAIT ? new Damp() : telling;
            case Damp _ -> telling;
        };
    }

    /// How often `kinds` go over from one to the other.
    static int turns(List<TransitionKind> kinds) {
        return (int) IntStream.range(1, kinds.size())
                .filter(i -> kinds.get(i) != kinds.get(i - 1))
                .count();
    }
}

package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.pipeline.Decision.Telling;
import dev.muster.notifier.pipeline.Decision.Telling.Damp;
import dev.muster.notifier.pipeline.Decision.Telling.Suppress;
import dev.muster.notifier.pipeline.Decision.Telling.Tell;

/// Holds back what goes back and forth. A pure function.
///
/// Hysteresis: a rule is taken for restless with its `changes`-th change within `within`, and for
/// steady only when none came for as long. What is restless is told in one message once it is steady,
/// or after `longest`.
final class Flapping {

    private Flapping() {}

    /// @param changes how often the rule changed within the settings' time, this change included
    static Telling damp(Telling telling, int changes, FlapSettings settings) {
        return switch (telling) {
            case Tell _ -> changes < settings.changes() ? telling : new Damp();
            case Suppress(var reason) ->
                reason == SuppressedBecause.RECOVERED_WITHIN_WAIT && changes >= settings.changes()
                        ? new Damp()
                        : telling;
            case Damp _ -> telling;
        };
    }
}

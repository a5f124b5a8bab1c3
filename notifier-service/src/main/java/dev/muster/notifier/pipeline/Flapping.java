package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.GroupedBecause;
import dev.muster.notifier.ledger.Ledger.Waiting;
import dev.muster.notifier.pipeline.Decision.Telling;
import dev.muster.notifier.pipeline.Decision.Telling.Damp;
import dev.muster.notifier.pipeline.Decision.Telling.End;
import dev.muster.notifier.pipeline.Decision.Telling.Suppress;
import dev.muster.notifier.pipeline.Decision.Telling.Tell;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Holds back what goes back and forth. A pure function.
///
/// **Promises.** Whatever the pattern in which one rule flips, at most two messages of it leave within any
/// `within`. What would be a third one is held until no change came for as long, at the latest for
/// `longest`, and says then in their thread where the rule ended; it says nothing when that is where the
/// last message left it. So a rule that flips for `within` and then rests is told in two messages at most
/// until `within` after its first change, and in at most one more. A regression and its recovery wait for
/// nothing of this.
///
/// **Does not promise.** Anything about when messages arrive: those that wait for a destination that is
/// down come together. A message that tells of several rules is a third one only when it is for each of
/// them.
///
/// Hysteresis: what changed `changes` times within `within` is restless although nobody was told, and
/// so is everything of a rule that is held back already. Rules of the same result that do not change
/// with it wait for nothing of it.
final class Flapping {

    /// Messages of one rule within the settings' time.
    private static final int MOST = 2;

    private Flapping() {}

    /// Whether it can be held back: what is told, and what is not only because it is over within its wait.
    static boolean concerns(Telling telling) {
        return switch (telling) {
            case Tell _, Damp _ -> true;
            case Suppress(var reason) ->
                switch (reason) {
                    case RECOVERED_WITHIN_WAIT, BROKE_AGAIN_WITHIN_WAIT -> true;
                    default -> false;
                };
            case End _ -> false;
        };
    }

    /// What is told together with a transition that is held back.
    ///
    /// @param rules of which it tells; none when it is not about rules
    /// @param transitions that waited to be told, wherever
    record Together(Set<String> rules, List<Waiting> transitions) {

        Together {
            rules = Set.copyOf(rules);
            transitions = List.copyOf(transitions);
        }
    }

    /// What waits and tells of one of `rules`, or shares a rule with what does; all of it when there are
    /// none. Never what only ends incidents.
    static Together together(Set<String> rules, List<Waiting> waiting) {
        var readable = waiting.stream()
                .filter(it -> it.reason() != GroupedBecause.INCIDENT)
                .toList();
        if (rules.isEmpty()) {
            return new Together(rules, readable);
        }
        var all = new HashSet<>(rules);
        var before = 0;
        while (all.size() > before) {
            before = all.size();
            readable.stream()
                    .map(Waiting::rules)
                    .filter(it -> !Collections.disjoint(it, all))
                    .toList()
                    .forEach(all::addAll);
        }
        return new Together(
                all,
                readable.stream()
                        .filter(it -> !Collections.disjoint(it.rules(), all))
                        .toList());
    }

    /// @param changes how often the rule changed within the settings' time, this change included; of the
    /// rule that did most
    /// @param messages how many messages tell changes of each rule, those that left within that time and
    /// those that wait; of the rule that they tell least
    /// @param held whether a message that is held back tells changes of one of the rules
    static Telling damp(Telling telling, int changes, int messages, boolean held, FlapSettings settings) {
        var restless = held || changes >= settings.changes() || (telling instanceof Tell && messages >= MOST);
        return restless && concerns(telling) ? new Damp() : telling;
    }
}

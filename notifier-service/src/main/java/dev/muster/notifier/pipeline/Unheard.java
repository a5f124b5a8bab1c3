package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.Notifications.Told;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is left to tell, and where, when other notifications told a part of it. A pure function.
///
/// @param told what some destination has not heard; empty when all of them heard all of it
/// @param to destinations that have not heard all of that
record Unheard(List<Told> told, List<Destination> to) {

    Unheard {
        told = List.copyOf(told);
        to = List.copyOf(to);
    }

    /// @param told all of it; only what another notification tells first can have been heard, and not by a parent team
    /// @param to where it would go
    /// @param heard lanes at which each transition was told, by its id
    static Unheard of(List<Told> told, List<Destination> to, Map<String, Set<String>> heard) {
        var left = told.stream()
                .filter(it -> to.isEmpty() || to.stream().anyMatch(place -> !heard(it, place, heard)))
                .toList();
        return new Unheard(
                left,
                to.stream()
                        .filter(place -> left.stream().anyMatch(it -> !heard(it, place, heard)))
                        .toList());
    }

    private static boolean heard(Told it, Destination place, Map<String, Set<String>> heard) {
        return isFurther(it)
                && heard.getOrDefault(it.transition().id(), Set.of()).contains(place.lane());
    }

    /// Whether it comes by a further node of the routes.
    static boolean isFurther(Told it) {
        return it.copied() && !it.escalated();
    }
}

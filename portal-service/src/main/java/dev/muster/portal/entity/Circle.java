package dev.muster.portal.entity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Dependencies that lead back to where they began. Pure.
final class Circle {

    private Circle() {}

    /// The shortest circle through an entity: it, what it depends on, and so on, the last of which depends on it
    /// again.
    ///
    /// @param dependsOn what each entity depends on; the first of several is preferred
    /// @return only itself when it names itself; empty when it is in no circle
    static List<String> through(String ref, Map<String, List<String>> dependsOn) {
        var cameFrom = new HashMap<String, String>();
        var open = new ArrayDeque<>(List.of(ref));
        while (!open.isEmpty()) {
            var next = open.remove();
            for (var upstream : dependsOn.getOrDefault(next, List.of())) {
                if (upstream.equals(ref)) {
                    return back(next, cameFrom);
                }
                if (cameFrom.putIfAbsent(upstream, next) == null) {
                    open.add(upstream);
                }
            }
        }
        return List.of();
    }

    private static List<String> back(String last, Map<String, String> cameFrom) {
        var way = new ArrayList<String>();
        for (var at = last; at != null; at = cameFrom.get(at)) {
            way.add(at);
        }
        return way.reversed();
    }
}

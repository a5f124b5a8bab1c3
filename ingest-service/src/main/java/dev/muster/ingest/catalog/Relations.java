package dev.muster.ingest.catalog;

import dev.muster.engine.definition.Mistake;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.Place;
import dev.muster.schemas.v1.Entity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Checks what descriptors say about others, against the request and the catalogue as it is. Pure.
final class Relations {

    private final Map<String, Entity> after;
    private final List<Described> described;

    /// The relations of what is described, once it is applied.
    ///
    /// @param current catalogue by reference
    Relations(Collection<Entity> current, List<Described> described) {
        this.described = described;
        this.after = new HashMap<>();
        current.forEach(entity -> after.put(entity.getRef(), entity));
        described.forEach(one -> after.put(one.entity().getRef(), one.entity()));
    }

    /// Owners that exist nowhere: nobody would hear of what they own.
    List<Mistake> mistakes() {
        var mistakes = new Mistakes();
        for (var one : described) {
            var owner = one.entity().getOwner();
            if (owner != null && !after.containsKey(owner)) {
                mistakes.add(
                        one.place("owner"),
                        "the owner '" + owner + "' of '" + one.entity().getRef()
                                + "' is neither in this request nor in the catalogue" + Nearest.hint(owner, owners()));
            }
        }
        return mistakes.found();
    }

    private List<String> owners() {
        return after.keySet().stream()
                .filter(ref -> ref.startsWith("group:") || ref.startsWith("user:"))
                .toList();
    }

    /// What is odd but legal: circles of dependencies or groups, and relations that lead nowhere (yet).
    List<Mistake> warnings() {
        var warnings = new Mistakes();
        circles("dependsOn", Entity::getDependsOn, warnings);
        circles("parent", entity -> entity.getParent() == null ? List.of() : List.of(entity.getParent()), warnings);
        for (var one : described) {
            for (var target : one.entity().getDependsOn()) {
                if (!after.containsKey(target)) {
                    warnings.add(
                            one.place("dependsOn"),
                            "'" + one.entity().getRef() + "' depends on '" + target
                                    + "', which is not in the catalogue");
                }
            }
        }
        return warnings.found();
    }

    /// Each circle once, and only those that a described entity is part of.
    private void circles(String field, Function<Entity, List<String>> next, Mistakes warnings) {
        var told = new HashSet<String>();
        for (var one : described) {
            var start = one.entity().getRef();
            if (told.contains(start)) {
                continue;
            }
            var circle = circle(start, next);
            if (!circle.isEmpty()) {
                told.addAll(circle);
                Place place = one.place(field);
                warnings.add(place, field + " goes in a circle: " + String.join(" → ", circle) + " → " + start);
            }
        }
    }

    /// The shortest way from an entity back to itself; empty when there is none.
    private List<String> circle(String start, Function<Entity, List<String>> next) {
        var cameFrom = new HashMap<String, String>();
        var open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            var at = open.removeFirst();
            var entity = after.get(at);
            for (var target : entity == null ? List.<String>of() : next.apply(entity)) {
                if (target.equals(start)) {
                    return way(start, at, cameFrom);
                }
                if (cameFrom.putIfAbsent(target, at) == null) {
                    open.addLast(target);
                }
            }
        }
        return List.of();
    }

    private static List<String> way(String start, String last, Map<String, String> cameFrom) {
        var way = new ArrayList<String>();
        for (var at = last; at != null && !at.equals(start); at = cameFrom.get(at)) {
            way.addFirst(at);
        }
        way.addFirst(start);
        return way;
    }
}

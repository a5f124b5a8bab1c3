package dev.muster.engine.replay;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.Whereabouts;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is known of subjects, where their names went, and who claims them.
final class Subjects {

    private final FactCatalogue catalogue;
    private final Wanted wanted;
    private final Map<String, Map<String, FactState>> registers = new HashMap<>();
    private final Map<String, SortedMap<String, Known>> claimants = new HashMap<>();
    private final Map<String, Whereabouts> whereabouts = new HashMap<>();
    private final Set<String> missing = new TreeSet<>();

    Subjects(FactCatalogue catalogue, Wanted wanted) {
        this.catalogue = catalogue;
        this.wanted = wanted;
    }

    /// What a change made of a register.
    record Applied(@Nullable FactState before, FactState after) {}

    /// Whether a change counts for `subject`.
    ///
    /// @param at when it became so, or when it came to this subject from another, whichever is later
    boolean takes(String subject, FactChange change, Instant at) {
        if (!wanted.subject().test(subject)) {
            return false;
        }
        return change.fact().equals(Whereabouts.FACT)
                || (wanted.fact().test(change.fact()) && place(subject).gone(at).isEmpty());
    }

    /// Applies a change; null when it makes no difference.
    @Nullable
    Applied apply(String subject, FactChange change) {
        var known = of(subject);
        var before = known.get(change.fact());
        var after = Registers.apply(before, change, bound(change.fact()));
        if (same(before, after)) {
            return null;
        }
        known.put(change.fact(), after);
        return new Applied(before, after);
    }

    /// Takes news of where a name went. What was known under it goes with it, or is gone.
    ///
    /// @return facts that are other than they were by subject; empty when it is where it was
    Optional<Map<String, Set<String>>> moved(String subject, FactChange.Set news) {
        var before = place(subject);
        var after = Whereabouts.stop(subject, news.json(), news.version())
                .map(before::and)
                .orElse(before);
        whereabouts.put(subject, after);
        if (after.gone().equals(before.gone())) {
            return Optional.empty();
        }
        var different = new TreeMap<String, Set<String>>();
        after.gone().ifPresent(stop -> different.putAll(leave(subject, stop)));
        return Optional.of(different);
    }

    private Map<String, Set<String>> leave(String subject, Whereabouts.Stop stop) {
        var left = of(subject);
        var gone = new HashMap<>(left);
        gone.remove(Whereabouts.FACT);
        left.keySet().removeAll(gone.keySet());
        if (stop.deleted()) {
            return Map.of(subject, gone.keySet());
        }
        var different = new HashMap<String, Set<String>>();
        different.put(subject, gone.keySet());
        gone.forEach((fact, state) -> {
            var end = end(stop, state);
            var known = end == null ? null : of(end);
            var before = known == null ? null : known.get(fact);
            var after = before == null ? state : Registers.join(before, state, bound(fact));
            if (end != null && known != null && !same(before, after)) {
                known.put(fact, after);
                different.computeIfAbsent(end, _ -> new LinkedHashSet<>()).add(fact);
            }
        });
        return different;
    }

    /// Where something ends that goes from name to name; null when one of them was deleted.
    private @Nullable String end(Whereabouts.Stop first, FactState state) {
        var told = state.observedAt();
        var at = told == null || told.isBefore(first.at()) ? first.at() : told;
        var to = first.movedTo();
        for (var next = place(to).gone(at); next.isPresent(); next = place(to).gone(at)) {
            if (next.get().deleted()) {
                return null;
            }
            at = next.get().at().isAfter(at) ? next.get().at() : at;
            to = next.get().movedTo();
        }
        return to;
    }

    /// That a name is in use, as those learn it to whom another subject came with `news`; empty when it is not new.
    Optional<Arrival> arrival(String subject, FactChange.Set news) {
        return Whereabouts.stop(subject, news.json(), news.version())
                .filter(it -> !it.movedTo().isEmpty() && !place(subject).stops().contains(it))
                .map(it -> new Arrival(it.movedTo(), Whereabouts.here(news), it.at()));
    }

    /// One subject takes the place of another.
    record Arrival(String subject, FactChange news, Instant at) {}

    /// All that an entity claims by `claims`: those, and what took their places.
    Set<String> reached(Collection<String> claims) {
        var reached = new TreeSet<String>();
        for (var claim : claims) {
            var at = Optional.of(claim);
            while (at.isPresent() && reached.add(at.get())) {
                at = place(at.get()).gone().map(Whereabouts.Stop::movedTo).filter(it -> !it.isEmpty());
                at.filter(it -> !wanted.subject().test(it)).ifPresent(missing::add);
            }
        }
        return reached;
    }

    /// Subjects that took the place of claimed ones and were not wanted.
    Set<String> missing() {
        return Collections.unmodifiableSet(missing);
    }

    /// Registers of a subject by fact; the same object for all that claim it.
    Map<String, FactState> of(String subject) {
        return registers.computeIfAbsent(subject, _ -> new HashMap<>());
    }

    /// Those that claim a subject, or what it took the place of.
    List<Known> claimants(String subject) {
        return List.copyOf(
                claimants.getOrDefault(subject, Collections.emptySortedMap()).values());
    }

    void join(Known entity, String subject) {
        claimants
                .computeIfAbsent(subject, _ -> new TreeMap<>())
                .put(entity.entity().ref(), entity);
    }

    void leave(Known entity, String subject) {
        claimants.computeIfPresent(subject, (_, all) -> {
            all.remove(entity.entity().ref());
            return all.isEmpty() ? null : all;
        });
    }

    private Whereabouts place(String subject) {
        return whereabouts.getOrDefault(subject, Whereabouts.unknown());
    }

    private int bound(String fact) {
        return catalogue.find(fact).map(FactDeclaration::bound).orElse(FactDeclaration.DEFAULT_BOUND);
    }

    /// Registers hand back the very same state when nothing changed.
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(@Nullable FactState before, FactState after) {
        return before == after;
    }
}

package dev.muster.evaluator.entities;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactReading;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.Paths;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.fact.Whereabouts;
import dev.muster.evaluator.mapping.Decoded;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.mapping.RegisterMapping;
import dev.muster.evaluator.registers.RegisterStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What one entity knows: its own copy of the registers of the subjects that it claims. Loaded when asked for.
final class EntityFacts implements Facts {

    /// Up to so many are read one by one.
    private static final int FEW = 4;

    /// As the store orders them, so that the order of values does not depend on which changed last.
    private static final Comparator<SubjectFact> ORDER = (a, b) -> Keys.compare(a.subject(), b.subject());

    private final RegisterStore store;
    private final Decoded<About> lately;
    private final String entity;
    private final Paths paths;
    private @Nullable Map<String, About> ahead;

    /// @param paths the parts of subjects that the entity claims
    EntityFacts(RegisterStore store, Decoded<About> lately, String entity, Paths paths) {
        this.store = store;
        this.lately = lately;
        this.entity = entity;
        this.paths = paths;
    }

    /// The place for what entities of one partition know, by entity and fact.
    static Decoded<About> lately() {
        return new Decoded<>(About::items);
    }

    /// What is known about one fact, and how rules read it.
    static final class About {

        private final List<SubjectFact> told;
        private @Nullable FactReading last;
        private boolean read;

        /// @param last an earlier reading, if there is one
        private About(List<SubjectFact> told, @Nullable FactReading last) {
            this.told = told;
            this.last = last;
        }

        private Optional<FactReading> reading(FactCatalogue catalogue, String fact) {
            if (!read) {
                last = catalogue.read(fact, told, last).orElse(null);
                read = true;
            }
            return Optional.ofNullable(last);
        }

        private int items() {
            return told.stream()
                    .mapToInt(it -> 1 + RegisterMapping.items(it.state()))
                    .sum();
        }
    }

    @Override
    public List<SubjectFact> of(String fact) {
        return about(fact).told;
    }

    @Override
    public Optional<FactReading> reading(FactCatalogue catalogue, String fact) {
        return about(fact).reading(catalogue, fact);
    }

    private About about(String fact) {
        if (ahead != null) {
            return ahead.computeIfAbsent(fact, _ -> new About(List.of(), null));
        }
        return requireNonNull(lately.get(Keys.of(entity, fact), this::load));
    }

    /// Reads everything at once when more than a few of `facts` would have to be read one by one, and keeps it for as
    /// long as nothing is written: whoever goes through all entities pushes out nothing that events need again.
    void readAhead(Set<String> facts) {
        var known = new HashMap<String, About>();
        for (var fact : facts) {
            var about = lately.find(Keys.of(entity, fact));
            if (about != null) {
                known.put(fact, about);
            }
        }
        if (facts.size() - known.size() > FEW && paths.isAll()) {
            var told = new HashMap<String, List<SubjectFact>>();
            store.forEach(
                    Keys.prefix(entity),
                    (key, state) -> told.computeIfAbsent(Keys.part(key, 1), _ -> new ArrayList<>())
                            .add(new SubjectFact(Keys.part(key, 2), state, List.of())));
            ahead = new HashMap<>();
            told.forEach((fact, all) -> ahead.put(fact, new About(all, null)));
            ahead.putAll(known);
        }
    }

    private About load(String key) {
        var told = new ArrayList<SubjectFact>();
        var whole = Keys.part(key, 1).equals(Whereabouts.FACT);
        store.forEach(Keys.prefixIn(key), (each, state) -> {
            var subject = Keys.part(each, 2);
            told.add(new SubjectFact(subject, state, whole ? List.of() : paths(subject)));
        });
        return new About(told, null);
    }

    /// Costs nothing where every subject is claimed whole.
    private List<String> paths(String subject) {
        return paths.of(
                subject, it -> Optional.ofNullable(of(Whereabouts.FACT, it)).flatMap(Whereabouts::movedTo));
    }

    /// Reads anew what parts of subjects count for.
    void reload() {
        store.keys(Keys.prefix(entity)).forEach(key -> lately.remove(Keys.of(entity, Keys.part(key, 1))));
    }

    @Nullable
    FactState of(String fact, String subject) {
        for (var told : of(fact)) {
            if (told.subject().equals(subject)) {
                return told.state();
            }
        }
        return null;
    }

    /// Takes over what a subject told.
    ///
    /// @param before what [#of(String, String)] gave
    void put(String fact, String subject, @Nullable FactState before, FactState after) {
        ahead = null;
        store.put(Keys.of(entity, fact, subject), before, after);
        var known = about(fact);
        var told = new ArrayList<>(known.told);
        told.removeIf(it -> it.subject().equals(subject));
        told.add(new SubjectFact(subject, after, paths(subject)));
        told.sort(ORDER);
        lately.put(Keys.of(entity, fact), new About(told, known.last));
        if (fact.equals(Whereabouts.FACT) && !paths.isAll()) {
            reload();
        }
    }

    /// Takes what is known of a subject for known of the one that took its place; forgets it when none did,
    /// and when that one was given up as well: then it is told again of whichever took the place of that.
    ///
    /// @param to the subject that did, empty when none did
    /// @param bounds how many items a collection keeps, by fact
    /// @return facts that are other than they were
    Set<String> move(String from, String to, ToIntFunction<String> bounds) {
        var facts = new LinkedHashSet<String>();
        var isThere = !to.isEmpty() && !isGivenUp(to);
        for (var key : store.keys(Keys.prefix(entity))) {
            var fact = Keys.part(key, 1);
            if (Keys.part(key, 2).equals(from) && !fact.equals(Whereabouts.FACT)) {
                var state = requireNonNull(of(fact, from));
                if (isThere) {
                    var known = of(fact, to);
                    put(fact, to, known, known == null ? state : Registers.join(known, state, bounds.applyAsInt(fact)));
                }
                facts.add(forgetRegister(key));
            }
        }
        return facts;
    }

    private boolean isGivenUp(String subject) {
        var state = of(Whereabouts.FACT, subject);
        return state != null
                && (Whereabouts.movedTo(state).isPresent()
                        || Whereabouts.deletedAt(state).isPresent());
    }

    /// Forgets a subject.
    ///
    /// @return the facts that were known of it
    Set<String> forget(String subject) {
        var facts = new LinkedHashSet<String>();
        for (var key : store.keys(Keys.prefix(entity))) {
            if (Keys.part(key, 2).equals(subject)) {
                facts.add(forgetRegister(key));
            }
        }
        return facts;
    }

    /// Forgets everything.
    void forget() {
        store.keys(Keys.prefix(entity)).forEach(this::forgetRegister);
    }

    private String forgetRegister(String key) {
        ahead = null;
        var fact = Keys.part(key, 1);
        store.delete(key);
        lately.remove(Keys.of(entity, fact));
        return fact;
    }
}

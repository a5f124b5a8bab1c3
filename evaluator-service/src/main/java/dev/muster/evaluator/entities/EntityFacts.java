package dev.muster.evaluator.entities;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactReading;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.evaluator.mapping.Decoded;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.mapping.RegisterMapping;
import dev.muster.evaluator.registers.RegisterStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one entity knows: its own copy of the registers of the subjects that it claims. Loaded when asked for.
final class EntityFacts implements Facts {

    /// As the store orders them, so that the order of values does not depend on which changed last.
    private static final Comparator<SubjectFact> ORDER = (a, b) -> Keys.compare(a.subject(), b.subject());

    private final RegisterStore store;
    private final Decoded<About> lately;
    private final String entity;

    EntityFacts(RegisterStore store, Decoded<About> lately, String entity) {
        this.store = store;
        this.lately = lately;
        this.entity = entity;
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
        return requireNonNull(lately.get(Keys.of(entity, fact), this::load));
    }

    private About load(String key) {
        var told = new ArrayList<SubjectFact>();
        store.forEach(Keys.prefixIn(key), (each, state) -> told.add(new SubjectFact(Keys.part(each, 2), state)));
        return new About(told, null);
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
        store.put(Keys.of(entity, fact, subject), before, after);
        var known = about(fact);
        var told = new ArrayList<>(known.told);
        told.removeIf(it -> it.subject().equals(subject));
        told.add(new SubjectFact(subject, after));
        told.sort(ORDER);
        lately.put(Keys.of(entity, fact), new About(told, known.last));
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
        var fact = Keys.part(key, 1);
        store.delete(key);
        lately.remove(Keys.of(entity, fact));
        return fact;
    }
}

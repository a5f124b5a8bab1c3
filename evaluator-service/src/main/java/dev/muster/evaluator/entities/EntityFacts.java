package dev.muster.evaluator.entities;

import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.mapping.RegisterMapping;
import dev.muster.evaluator.state.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What one entity knows: its own copy of the registers of the subjects that it claims. Loaded when asked for, at most
/// once while one record is handled.
final class EntityFacts implements Facts {

    private static final StringSerializer PREFIXES = new StringSerializer();

    /// As the store orders them, so that the order of values does not depend on which changed last.
    private static final Comparator<SubjectFact> ORDER = (a, b) -> Keys.compare(a.subject(), b.subject());

    private final KeyValueStore<String, Register> store;
    private final String entity;
    private final Map<String, List<SubjectFact>> loaded = new HashMap<>();

    EntityFacts(KeyValueStore<String, Register> store, String entity) {
        this.store = store;
        this.entity = entity;
    }

    @Override
    public List<SubjectFact> of(String fact) {
        return loaded.computeIfAbsent(fact, this::load);
    }

    private List<SubjectFact> load(String fact) {
        var told = new ArrayList<SubjectFact>();
        try (var all = store.prefixScan(Keys.prefix(entity, fact), PREFIXES)) {
            all.forEachRemaining(
                    it -> told.add(new SubjectFact(Keys.part(it.key, 2), RegisterMapping.toEngine(it.value))));
        }
        return told;
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

    void put(String fact, String subject, FactState state) {
        store.put(Keys.of(entity, fact, subject), RegisterMapping.toStore(state));
        var told = of(fact);
        told.removeIf(it -> it.subject().equals(subject));
        told.add(new SubjectFact(subject, state));
        told.sort(ORDER);
    }

    /// Forgets a subject.
    ///
    /// @return the facts that were known of it
    Set<String> forget(String subject) {
        var facts = new LinkedHashSet<String>();
        for (var key : keys()) {
            if (Keys.part(key, 2).equals(subject)) {
                store.delete(key);
                facts.add(Keys.part(key, 1));
            }
        }
        loaded.clear();
        return facts;
    }

    /// Forgets everything.
    void forget() {
        keys().forEach(store::delete);
        loaded.clear();
    }

    private List<String> keys() {
        var keys = new ArrayList<String>();
        try (var all = store.prefixScan(Keys.prefix(entity), PREFIXES)) {
            all.forEachRemaining(it -> keys.add(it.key));
        }
        return keys;
    }
}

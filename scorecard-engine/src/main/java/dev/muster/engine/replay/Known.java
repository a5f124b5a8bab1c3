package dev.muster.engine.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactReading;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.Paths;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.fact.Whereabouts;
import dev.muster.engine.rule.EntityView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What one entity is and knows: the registers of the subjects that it claims, and how rules read them.
final class Known implements Facts {

    private final Map<String, Map<String, FactState>> subjects =
            new TreeMap<>((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));
    private final Map<String, FactReading> readings = new HashMap<>();
    private final Set<String> read = new HashSet<>();
    private EntityView entity;
    private Paths paths = Paths.ALL;

    /// Claims nothing yet.
    Known(EntityView entity) {
        this.entity = entity;
    }

    EntityView entity() {
        return entity;
    }

    /// Was declared, for the first time or once more. What it claims follows.
    void declared(Claimant now) {
        entity = now.entity();
        if (!paths.declared().equals(now.paths())) {
            begunAnew();
        }
        paths = now.claimed();
    }

    /// What it says that it claims.
    Collection<String> declared() {
        return paths.claims();
    }

    /// Forgets what was read: something that counts for all facts is different.
    void begunAnew() {
        readings.clear();
        read.clear();
    }

    /// Names of what it claims, and of what took the place of that.
    Set<String> subjects() {
        return subjects.keySet();
    }

    /// Begins to claim a subject.
    ///
    /// @param registers what is known of it by fact, the same object for all that claim it
    /// @return the facts that are known of it
    Set<String> gain(String subject, Map<String, FactState> registers) {
        subjects.put(subject, registers);
        return begunAnew(registers);
    }

    /// Claims a subject no longer.
    ///
    /// @return the facts that were known of it
    Set<String> lose(String subject) {
        var registers = subjects.remove(subject);
        return registers == null ? Set.of() : begunAnew(registers);
    }

    private Set<String> begunAnew(Map<String, FactState> registers) {
        var facts = Set.copyOf(registers.keySet());
        readings.keySet().removeAll(facts);
        read.removeAll(facts);
        return facts;
    }

    /// A subject told something new.
    void changed(String fact) {
        read.remove(fact);
    }

    @Override
    public List<SubjectFact> of(String fact) {
        var told = new ArrayList<SubjectFact>(subjects.size());
        subjects.forEach((subject, registers) -> {
            var state = registers.get(fact);
            if (state != null) {
                told.add(new SubjectFact(subject, state, paths.of(subject, this::movedTo)));
            }
        });
        return told;
    }

    private Optional<String> movedTo(String subject) {
        return Optional.ofNullable(subjects.get(subject))
                .map(it -> it.get(Whereabouts.FACT))
                .flatMap(Whereabouts::movedTo);
    }

    /// The last reading, or the next one made of it.
    @Override
    public Optional<FactReading> reading(FactCatalogue catalogue, String fact) {
        if (read.add(fact)) {
            readings.compute(
                    fact, (_, last) -> catalogue.read(fact, of(fact), last).orElse(null));
        }
        return Optional.ofNullable(readings.get(fact));
    }
}

package dev.muster.engine.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactReading;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.rule.EntityView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one entity knows: the registers of the subjects that it claims, and how rules read them.
final class Known implements Facts {

    private final EntityView entity;
    private final List<Subject> subjects;
    private final Map<String, FactReading> readings = new HashMap<>();
    private final Set<String> read = new HashSet<>();

    /// The registers of one subject by fact, the same object for all that claim it.
    record Subject(String name, Map<String, FactState> registers) {}

    /// @param subjects what the entity claims
    Known(EntityView entity, List<Subject> subjects) {
        this.entity = entity;
        this.subjects = subjects.stream()
                .sorted((a, b) -> Arrays.compareUnsigned(
                        a.name().getBytes(UTF_8), b.name().getBytes(UTF_8)))
                .toList();
    }

    EntityView entity() {
        return entity;
    }

    /// A subject told something new.
    void changed(String fact) {
        read.remove(fact);
    }

    @Override
    public List<SubjectFact> of(String fact) {
        var told = new ArrayList<SubjectFact>(subjects.size());
        for (var subject : subjects) {
            var state = subject.registers().get(fact);
            if (state != null) {
                told.add(new SubjectFact(subject.name(), state));
            }
        }
        return told;
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

package dev.muster.engine.rule;

import dev.cel.runtime.CelVariableResolver;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactReading;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.Whereabouts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The facts of one entity during one evaluation, each loaded and typed once, when the first rule asks for it.
final class EntityFacts {

    private final FactCatalogue catalogue;
    private final FactTypes types;
    private final Facts facts;
    private final Steps steps;
    private final EntityView entity;
    private @Nullable StructureValue entityValue;
    private final Map<String, Optional<FactReading>> readings = new HashMap<>();
    private final Map<String, Object> values = new HashMap<>();

    EntityFacts(FactCatalogue catalogue, FactTypes types, EntityView entity, Facts facts, Steps steps) {
        this.catalogue = catalogue;
        this.types = types;
        this.facts = facts;
        this.steps = steps;
        this.entity = entity;
    }

    /// Made when the first rule asks for it.
    StructureValue entity() {
        if (entityValue == null) {
            entityValue = EntityValue.of(entity, steps);
        }
        return entityValue;
    }

    /// What was reported of a fact; empty when nothing ever was.
    Optional<FactReading> reading(String fact) {
        return readings.computeIfAbsent(fact, this::load);
    }

    /// What the entity itself was told, and no other subject: exemptions and attestations bind only there.
    List<FactReading.Item> ownItems(String fact, String ref) {
        var told = reading(fact).map(FactReading::items).orElse(List.of());
        if (told.isEmpty()) {
            return told;
        }
        var own = "entity:" + ref;
        return told.stream().filter(item -> item.subject().equals(own)).toList();
    }

    /// Subjects of the entity that were deleted, and when, by name.
    SortedMap<String, Instant> deleted() {
        var deleted = new TreeMap<String, Instant>();
        try {
            for (var told : facts.of(Whereabouts.FACT)) {
                Whereabouts.deletedAt(told.state()).ifPresent(at -> deleted.put(told.subject(), at));
            }
        } catch (RuntimeException broken) {
            throw new FactsFailed(broken);
        }
        return deleted;
    }

    private Optional<FactReading> load(String fact) {
        try {
            return facts.reading(catalogue, fact);
        } catch (RuntimeException broken) {
            throw new FactsFailed(broken);
        }
    }

    /// The variables of one rule.
    ///
    /// @param params its params as a value
    /// @param exempt findings that do not count for it
    CelVariableResolver variables(StructureValue params, Set<String> exempt) {
        return name -> switch (name) {
            case "entity" -> Optional.of(entity());
            case "params" -> Optional.of(params);
            case "facts" -> Optional.of(all(exempt));
            default -> types.facts().contains(name) ? Optional.of(value(name, exempt)) : Optional.empty();
        };
    }

    /// All facts that were reported, as `facts`. Lazy: a field is loaded when it is selected.
    private Object all(Set<String> exempt) {
        return new AllFacts(types, fact -> reading(fact).map(_ -> value(fact, exempt)), steps);
    }

    private Object value(String fact, Set<String> exempt) {
        if (exempt.isEmpty()) {
            var known = values.get(fact);
            if (known == null) {
                known = make(fact, exempt);
                values.put(fact, known);
            }
            return known;
        }
        return make(fact, exempt);
    }

    private Object make(String fact, Set<String> exempt) {
        return reading(fact)
                .map(reading -> FactValues.of(reading, types.typeOf(fact), exempt, steps))
                .orElseGet(() -> Zeros.of(types.typeOf(fact), steps));
    }
}

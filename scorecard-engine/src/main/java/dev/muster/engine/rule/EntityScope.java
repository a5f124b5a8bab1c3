package dev.muster.engine.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.muster.engine.fact.FactCatalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which entities an `appliesTo` means. Thread-safe; reads no clock and no facts.
public final class EntityScope {

    /// Such an expression reads no facts, so that it needs to know none.
    private static final FactCatalogue NO_FACTS = FactCatalogue.of(List.of());

    private static final Expressions EXPRESSIONS = new Expressions(NO_FACTS);

    private final Optional<Expression> expression;

    private EntityScope(Optional<Expression> expression) {
        this.expression = expression;
    }

    /// Never throws: an expression that does not compile means nobody.
    ///
    /// @param appliesTo CEL over `entity`
    public static EntityScope of(String appliesTo) {
        try {
            return new EntityScope(Optional.of(EXPRESSIONS.compile(Expressions.Role.APPLIES_TO, appliesTo, Map.of())));
        } catch (FlawedExpression _) {
            return new EntityScope(Optional.empty());
        }
    }

    /// Whether the entity is meant; false also when the expression breaks for it.
    public boolean has(EntityView entity) {
        if (expression.isEmpty()) {
            return false;
        }
        var steps = new Steps();
        var facts = new EntityFacts(NO_FACTS, EXPRESSIONS.types(), entity, _ -> List.of(), steps);
        var params = new StructureValue(FactTypes.params(Map.of()), Map.of(), steps);
        try {
            var program = expression.get().program();
            return Boolean.TRUE.equals(steps.counting(() -> program.eval(facts.variables(params, Set.of()))));
        } catch (CelEvaluationException | RuntimeException _) {
            return false;
        }
    }
}

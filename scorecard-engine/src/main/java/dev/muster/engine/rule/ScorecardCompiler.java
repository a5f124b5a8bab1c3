package dev.muster.engine.rule;

import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.fact.FactCatalogue;

/// Makes scorecards ready to evaluate. Thread-safe.
public final class ScorecardCompiler {

    private final FactCatalogue catalogue;
    private final Expressions expressions;
    private final RuleListener listener;

    public ScorecardCompiler(FactCatalogue catalogue) {
        this(catalogue, RuleListener.silent());
    }

    /// A compiler whose scorecards tell `listener` which rules they really evaluate.
    public ScorecardCompiler(FactCatalogue catalogue, RuleListener listener) {
        this(catalogue, new Expressions(catalogue), listener);
    }

    ScorecardCompiler(FactCatalogue catalogue, Expressions expressions, RuleListener listener) {
        this.catalogue = catalogue;
        this.expressions = expressions;
        this.listener = listener;
    }

    /// Never throws: a rule that does not compile (because a fact that it reads has changed since it was
    /// saved) becomes ERROR with its reason, and an `appliesTo` of the scorecard that does not compile
    /// applies to nothing.
    ///
    /// @param version of the scorecard as published, from 1
    public CompiledScorecard compile(ScorecardDefinition definition, int version) {
        var rules = definition.rules().stream()
                .map(rule -> CompiledRule.of(rule, expressions))
                .toList();
        return new CompiledScorecard(
                definition,
                version,
                EntityScope.of(definition.appliesTo()),
                rules,
                catalogue,
                expressions.types(),
                listener);
    }
}

package dev.muster.engine.library;

import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.Origin;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.fact.Version;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.engine.rule.RuleExplanation;
import dev.muster.engine.rule.ScorecardCompiler;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs the examples of a rule through the same compiler and registers that production uses.
public final class RuleExamples {

    private static final Origin ORIGIN = new Origin("example", "example", "example", null, null, false);

    private final FactCatalogue catalogue;
    private final ScorecardCompiler compiler;

    public RuleExamples(FactCatalogue catalogue) {
        this.catalogue = catalogue;
        this.compiler = new ScorecardCompiler(catalogue);
    }

    /// What the rule says to the example.
    public RuleOutcome outcome(RuleDefinition rule, RuleExample example) {
        return compiled(rule, example)
                .evaluate(example.entity(), facts(example), ExampleReader.NOW, null, Set.of())
                .rules()
                .getFirst();
    }

    /// Why the rule says that to the example.
    public RuleExplanation explanation(RuleDefinition rule, RuleExample example) {
        return compiled(rule, example)
                .explain(example.entity(), facts(example), ExampleReader.NOW, Set.of(rule.id()))
                .getFirst();
    }

    private CompiledScorecard compiled(RuleDefinition rule, RuleExample example) {
        var scorecard = new ScorecardDefinition(
                "example",
                "Example",
                null,
                null,
                "true",
                List.of(rule.level()),
                false,
                false,
                true,
                List.of(with(rule, example)));
        return compiler.compile(scorecard, 1);
    }

    private Facts facts(RuleExample example) {
        var told = new HashMap<String, SubjectFact>();
        example.facts()
                .forEach((name, fact) -> catalogue
                        .find(name)
                        .flatMap(declaration -> Optional.ofNullable(state(declaration, fact)))
                        .ifPresent(state -> told.put(
                                name,
                                new SubjectFact("entity:" + example.entity().ref(), state))));
        return name -> told.containsKey(name) ? List.of(told.get(name)) : List.of();
    }

    /// What is wrong with what the rule says to the example; empty when it says what is expected.
    public Optional<String> mistakeIn(RuleDefinition rule, RuleExample example) {
        var outcome = outcome(rule, example);
        if (outcome.outcome() != example.expect()) {
            return Optional.of(
                    "expected " + example.expect() + ", was " + outcome.outcome() + ": " + outcome.message());
        }
        if (example.message() != null && !example.message().equals(outcome.message())) {
            return Optional.of("expected the message \"" + example.message() + "\", was \"" + outcome.message() + "\"");
        }
        var changesIn = example.changesIn();
        if (changesIn != null && !ExampleReader.NOW.plus(changesIn).equals(outcome.nextChangeAt())) {
            return Optional.of(
                    "expected a change at " + ExampleReader.NOW.plus(changesIn) + ", was " + outcome.nextChangeAt());
        }
        return Optional.empty();
    }

    /// What an example says counts in every tier.
    private static RuleDefinition with(RuleDefinition rule, RuleExample example) {
        if (example.with().isEmpty()) {
            return rule;
        }
        var params = new HashMap<>(rule.params());
        params.putAll(example.with());
        return rule.withParams(params);
    }

    private static @Nullable FactState state(FactDeclaration declaration, RuleExample.Told fact) {
        var at = ExampleReader.NOW.minus(fact.age());
        var version = new Version(at, 0, at, "example");
        var change = fact.value() == null
                ? new FactChange.Snapshot(declaration.name(), "", fact.items(), version, ORIGIN, false)
                : new FactChange.Set(declaration.name(), fact.value(), version, ORIGIN, false);
        return Registers.apply(null, change, declaration.bound());
    }
}

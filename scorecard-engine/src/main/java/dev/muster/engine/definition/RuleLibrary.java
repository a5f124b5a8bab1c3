package dev.muster.engine.definition;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// What a scorecard can reuse by name: rules such as `framework/max-known-vulnerabilities`, and whole
/// scorecards such as `framework/production-readiness`.
public interface RuleLibrary {

    Optional<RuleDefinition> find(String name);

    /// Names of all rules, sorted.
    Collection<String> names();

    Optional<ScorecardDefinition> scorecard(String name);

    /// Names of all scorecards, sorted.
    Collection<String> scorecards();

    /// A library of `rules`, each by its name in [RuleDefinition#use()], or by its id when it has none.
    static RuleLibrary of(Collection<RuleDefinition> rules) {
        return of(rules, Map.of());
    }

    /// The same with scorecards by their names.
    static RuleLibrary of(Collection<RuleDefinition> rules, Map<String, ScorecardDefinition> scorecards) {
        return new KnownRules(rules, scorecards);
    }
}

package dev.muster.engine.definition;

import java.util.Collection;
import java.util.Optional;

/// Rules that a scorecard can reuse by name, such as `framework/max-known-vulnerabilities`.
public interface RuleLibrary {

    Optional<RuleDefinition> find(String name);

    /// All names, sorted.
    Collection<String> names();

    /// A library of `rules`, each by its name in [RuleDefinition#use()], or by its id when it has none.
    static RuleLibrary of(Collection<RuleDefinition> rules) {
        return KnownRules.of(rules);
    }
}

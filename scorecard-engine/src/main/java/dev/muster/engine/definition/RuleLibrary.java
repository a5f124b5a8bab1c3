package dev.muster.engine.definition;

import java.util.Collection;
import java.util.Optional;

/// Rules that a scorecard can reuse by name, such as `framework/max-known-vulnerabilities`.
public interface RuleLibrary {

    Optional<RuleDefinition> find(String name);

    /// All names, sorted.
    Collection<String> names();

    /// Without any rule.
    static RuleLibrary none() {
        return RuleFolders.of(java.util.List.of());
    }
}

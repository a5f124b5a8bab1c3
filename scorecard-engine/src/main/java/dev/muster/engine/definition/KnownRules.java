package dev.muster.engine.definition;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A library in memory.
final class KnownRules implements RuleLibrary {

    private final SortedMap<String, RuleDefinition> rules = new TreeMap<>();

    private KnownRules() {}

    /// @param rules each with its name in [RuleDefinition#use()]
    static KnownRules of(Collection<RuleDefinition> rules) {
        var known = new KnownRules();
        for (var rule : rules) {
            known.rules.put(rule.use() == null ? rule.id() : rule.use(), rule);
        }
        return known;
    }

    @Override
    public Optional<RuleDefinition> find(String name) {
        return Optional.ofNullable(rules.get(name));
    }

    @Override
    public Collection<String> names() {
        return List.copyOf(rules.keySet());
    }
}

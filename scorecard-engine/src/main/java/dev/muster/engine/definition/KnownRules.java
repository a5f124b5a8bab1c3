package dev.muster.engine.definition;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A library in memory.
final class KnownRules implements RuleLibrary {

    private final SortedMap<String, RuleDefinition> rules = new TreeMap<>();
    private final SortedMap<String, ScorecardDefinition> scorecards;

    /// @param rules each with its name in [RuleDefinition#use()]
    KnownRules(Collection<RuleDefinition> rules, Map<String, ScorecardDefinition> scorecards) {
        rules.forEach(rule -> this.rules.put(rule.use() == null ? rule.id() : rule.use(), rule));
        this.scorecards = new TreeMap<>(scorecards);
    }

    @Override
    public Optional<RuleDefinition> find(String name) {
        return Optional.ofNullable(rules.get(name));
    }

    @Override
    public Collection<String> names() {
        return List.copyOf(rules.keySet());
    }

    @Override
    public Optional<ScorecardDefinition> scorecard(String name) {
        return Optional.ofNullable(scorecards.get(name));
    }

    @Override
    public Collection<String> scorecards() {
        return List.copyOf(scorecards.keySet());
    }
}

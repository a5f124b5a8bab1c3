package dev.muster.engine.definition;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A library over rules that were read from folders, see [Framework].
final class RuleFolders implements RuleLibrary {

    private final SortedMap<String, RuleDefinition> rules = new TreeMap<>();

    private RuleFolders() {}

    /// @param rules each with its name in [RuleDefinition#use()]
    static RuleFolders of(Collection<RuleDefinition> rules) {
        var folders = new RuleFolders();
        for (var rule : rules) {
            folders.rules.put(rule.use() == null ? rule.id() : rule.use(), rule);
        }
        return folders;
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

package dev.muster.evaluator.mapping;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import java.util.Map;

/// A scorecard as it was published, and ready to evaluate.
///
/// @param published what people see of it
/// @param compiled what judges
/// @param rules published rules by id
public record Definition(Scorecard published, CompiledScorecard compiled, Map<String, Rule> rules) {

    public static Definition of(Scorecard published, CompiledScorecard compiled) {
        var rules = published.getRules().stream().collect(toUnmodifiableMap(Rule::getId, it -> it, (a, _) -> a));
        return new Definition(published, compiled, rules);
    }

    public String name() {
        return published.getName();
    }

    public int version() {
        return published.getVersion();
    }
}

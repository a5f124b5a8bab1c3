package dev.muster.engine.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A result in short, for before and after.
///
/// @param outcomes by id of the rule, in the order of the scorecard
public record Standing(@Nullable String level, int score, int coverage, Map<String, Outcome> outcomes) {

    public Standing {
        outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }

    static Standing of(Result result) {
        var outcomes = new LinkedHashMap<String, Outcome>();
        result.rules().forEach(rule -> outcomes.put(rule.rule(), rule.outcome()));
        return new Standing(result.level(), result.score(), result.coverage(), outcomes);
    }
}

package dev.muster.engine.rule;

import dev.muster.engine.result.Evidence;
import dev.muster.engine.result.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Why one rule has its outcome for one entity at one instant, for people to read.
///
/// Values are written as the language of rules writes them, `'critical'`, `2`, `duration('7d')`, and shortened with `…`
/// where they are long: a value has at most [#LONGEST_VALUE] characters, an expression with its values filled in
/// at most [#LONGEST_FILLED_IN]. An explanation is some kilobytes, whatever the facts are.
///
/// @param message evidence in words, as in the result
/// @param nextChangeAt next instant at which the outcome can change without any new fact, null when none can change it
/// @param params what the expressions see as `params`, for an entity of that tier
/// @param facts that the outcome rests on, by name
/// @param expressions of the rule in the order in which they are asked: `appliesTo`, `check`, `warn`, those that it has
public record RuleExplanation(
        String rule,
        Outcome outcome,
        String message,
        @Nullable Instant nextChangeAt,
        Map<String, String> params,
        List<Fact> facts,
        List<Asked> expressions) {

    static final int LONGEST_VALUE = 300;
    static final int LONGEST_FILLED_IN = 2_000;
    static final int MOST_PARTS = 24;
    static final int MOST_SUBJECTS = 10;

    public RuleExplanation {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
        facts = List.copyOf(facts);
        expressions = List.copyOf(expressions);
    }

    /// A fact as the rule read it.
    ///
    /// @param value of all subjects together; null when it was never reported
    /// @param observedAt time of the source; of several subjects, the oldest
    /// @param evidence who told it of which subject, at most [#MOST_SUBJECTS]
    public record Fact(
            String name, @Nullable String value, @Nullable Instant observedAt, List<Evidence> evidence) {}

    /// An expression and what became of it.
    ///
    /// @param key such as `check`
    /// @param expression as it is written
    /// @param value null when it was not asked, because something before it decided, and when it had no answer
    /// @param filledIn the same with the values in place of what they were read from: `2 <= 0`. What was not
    ///     needed for the answer stays as it is written. Null when it was not asked.
    /// @param parts the values of what it is made of, the outermost first, at most [#MOST_PARTS]; of an `all` that
    ///     is false and an `exists` that is true also the item that decided, and what was asked of it, filled in
    public record Asked(
            String key,
            String expression,
            @Nullable Boolean value,
            @Nullable String filledIn,
            List<Part> parts) {}

    /// A part of an expression, such as `vulnerabilities.size()`, and its value.
    public record Part(String expression, String value) {}
}

package dev.muster.engine.library;

import dev.muster.engine.definition.Place;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.rule.EntityView;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One example of a rule: what is known, and what the rule must say. Every example is a test.
///
/// @param place where it stands, for messages
/// @param with params that differ from the rule's own
/// @param facts what was reported, by name
/// @param expect outcome that the rule must have
/// @param message message that it must give, or null for any
/// @param changesIn time until the outcome can change by itself, or null for any
public record RuleExample(
        Place place,
        String name,
        EntityView entity,
        Map<String, Object> with,
        Map<String, Told> facts,
        Outcome expect,
        @Nullable String message,
        @Nullable Duration changesIn) {

    /// A fact as an example tells it.
    ///
    /// @param age how long ago it was observed
    /// @param value JSON text of a fact without items, else null
    /// @param items JSON texts of the items of a collection, by id
    public record Told(Duration age, @Nullable String value, Map<String, String> items) {}
}

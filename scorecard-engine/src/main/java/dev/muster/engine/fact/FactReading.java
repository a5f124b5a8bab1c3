package dev.muster.engine.fact;

import dev.muster.engine.result.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A fact of an entity as a rule reads it: what all its subjects told, merged and typed.
///
/// @param value [Boolean], [Long], [Double], [String], [Instant], a list of texts, a map of such by field name, or,
///     for a collection, `items`
/// @param items the items of a collection, by subject and id; empty for other facts
/// @param evidence what it rests on, one for each subject that told it, sorted by subject
/// @param observedAt time of the source; of several subjects that count together, the oldest
/// @param overflowed true when items may be missing, because there were more than the bound
public record FactReading(
        Object value, List<Item> items, List<Evidence> evidence, Instant observedAt, boolean overflowed) {

    public FactReading {
        items = List.copyOf(items);
        evidence = List.copyOf(evidence);
    }

    /// One item of a collection.
    ///
    /// @param id such as `dependabot/12`
    /// @param fields typed values by field name, only those that are there
    /// @param told what it was read from
    public record Item(String subject, String id, Map<String, Object> fields, Evidence evidence, FactState.Item told) {}
}

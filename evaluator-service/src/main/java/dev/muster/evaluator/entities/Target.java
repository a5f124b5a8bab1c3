package dev.muster.evaluator.entities;

import dev.muster.evaluator.mapping.Definition;
import dev.muster.evaluator.mapping.Keys;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The definition of a scorecard that counts in one partition, and how far it has been applied there.
///
/// @param name of the scorecard
/// @param offset place of the definition on its topic
/// @param definition null when the scorecard was deleted
/// @param edit what is different to the definition before; null when that is not known
/// @param cursor last entity that was judged by it, null before the first
/// @param done true when all were
record Target(
        String name,
        long offset,
        @Nullable Definition definition,
        @Nullable Edit edit,
        @Nullable String cursor,
        boolean done) {

    /// A definition that came after another one, by which every entity of the partition had been judged.
    ///
    /// @param from version of the other one
    /// @param rules ids of the rules that are not as they were
    record Edit(int from, Set<String> rules) {}

    /// Ids of the rules that an entity has to be judged by which had a result of that version.
    Set<String> rulesSince(Definition definition, int version) {
        return edit != null && edit.from() == version
                ? edit.rules()
                : definition.compiled().rules();
    }

    /// True when the sweep has yet to come to `entity`.
    boolean isAheadOf(String entity) {
        return !done && (cursor == null || Keys.compare(entity, cursor) > 0);
    }

    Target at(@Nullable String cursor, boolean done) {
        return new Target(name, offset, definition, edit, cursor, done);
    }
}

package dev.muster.evaluator.entities;

import dev.muster.evaluator.mapping.Definition;
import dev.muster.evaluator.mapping.Keys;
import org.jspecify.annotations.Nullable;

/// The definition of a scorecard that counts in one partition, and how far it has been applied there.
///
/// @param name of the scorecard
/// @param offset place of the definition on its topic
/// @param definition null when the scorecard was deleted
/// @param cursor last entity that was judged by it, null before the first
/// @param done true when all were
record Target(
        String name,
        long offset,
        @Nullable Definition definition,
        @Nullable String cursor,
        boolean done) {

    /// True when the sweep has yet to come to `entity`.
    boolean isAheadOf(String entity) {
        return !done && (cursor == null || Keys.compare(entity, cursor) > 0);
    }

    Target at(@Nullable String cursor, boolean done) {
        return new Target(name, offset, definition, cursor, done);
    }
}

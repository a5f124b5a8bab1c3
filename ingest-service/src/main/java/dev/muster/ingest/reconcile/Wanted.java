package dev.muster.ingest.reconcile;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// What invalidations named of one subject and has to be read again.
///
/// @param facts that were invalidated
/// @param invalidatedAt greatest version of the invalidations: what is read must be later to count
/// @param dueAt when to read it
record Wanted(Subject subject, Set<String> facts, Instant invalidatedAt, Instant dueAt) {

    Wanted {
        facts = Set.copyOf(facts);
    }

    /// Both at once, no later than the first would have been read.
    Wanted and(Wanted other) {
        var both = new HashSet<>(facts);
        both.addAll(other.facts);
        return new Wanted(
                subject,
                both,
                invalidatedAt.isAfter(other.invalidatedAt) ? invalidatedAt : other.invalidatedAt,
                dueAt.isBefore(other.dueAt) ? dueAt : other.dueAt);
    }
}

package dev.muster.engine.fact;

import java.util.List;

/// What one subject that an entity claims has told about one fact.
///
/// @param subject such as `repo:github.com/acme/payments`
/// @param state the register of that fact
/// @param paths of the items that say where in the subject they are, only those in one of these paths count; empty
///     for all of them. See [Paths]
public record SubjectFact(String subject, FactState state, List<String> paths) {

    public SubjectFact {
        paths = List.copyOf(paths);
    }

    /// Of which all counts.
    public SubjectFact(String subject, FactState state) {
        this(subject, state, List.of());
    }
}

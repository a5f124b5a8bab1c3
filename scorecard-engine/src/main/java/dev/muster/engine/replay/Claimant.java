package dev.muster.engine.replay;

import dev.muster.engine.fact.Paths;
import dev.muster.engine.rule.EntityView;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An entity as it was declared, and what it claims.
///
/// @param subjects subjects whose facts count for it
/// @param paths parts of a subject that it claims, by subject; see [Paths]
public record Claimant(EntityView entity, Set<String> subjects, Map<String, List<String>> paths) {

    public Claimant {
        subjects = Set.copyOf(subjects);
        paths = Map.copyOf(paths);
    }

    /// One that claims its subjects whole.
    public Claimant(EntityView entity, Set<String> subjects) {
        this(entity, subjects, Map.of());
    }

    Paths claimed() {
        return new Paths(subjects, paths);
    }
}

package dev.muster.engine.replay;

import dev.muster.engine.rule.EntityView;
import java.util.Set;

/// An entity as it was declared, and what it claims.
///
/// @param subjects subjects whose facts count for it
public record Claimant(EntityView entity, Set<String> subjects) {

    public Claimant {
        subjects = Set.copyOf(subjects);
    }
}

package dev.muster.engine.fact;

import java.util.List;

/// The facts of all subjects that an entity claims, loaded when they are asked for.
@FunctionalInterface
public interface Facts {

    /// What each subject told about `fact`; empty when none ever did.
    List<SubjectFact> of(String fact);
}

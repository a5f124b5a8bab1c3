package dev.muster.engine.fact;

import java.util.List;
import java.util.Optional;

/// The facts of all subjects that an entity claims, loaded when they are asked for.
@FunctionalInterface
public interface Facts {

    /// What each subject told about `fact`; empty when none ever did.
    List<SubjectFact> of(String fact);

    /// The same as a rule reads it: merged and typed by the catalogue; empty when none ever did.
    ///
    /// Who keeps facts may keep their readings, too: the next one is then made of the one before, see
    /// [FactCatalogue#read(String, List, FactReading)].
    default Optional<FactReading> reading(FactCatalogue catalogue, String fact) {
        return catalogue.read(fact, of(fact));
    }
}

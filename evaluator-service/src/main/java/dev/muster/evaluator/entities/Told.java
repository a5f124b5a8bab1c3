package dev.muster.evaluator.entities;

import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Transition;
import org.jspecify.annotations.Nullable;

/// What the stage tells the world.
public sealed interface Told {

    /// A result, or its end.
    final class OfResult implements Told {

        private final byte @Nullable [] bytes;

        OfResult(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }

        /// What its topic takes, null for the end. The store has the same bytes, so that a result is encoded once.
        public byte @Nullable [] bytes() {
            return bytes;
        }
    }

    /// A transition.
    record OfTransition(Transition transition) implements Told {}

    /// What those that depend on an entity learn of its level.
    record OfReadiness(FactsObserved facts) implements Told {}
}

package dev.muster.ingest.source;

import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactsObserved;
import java.util.List;

/// What a delivery turned out to say.
///
/// @param event its event type
/// @param wanted whether any mapping reads that event type
/// @param facts what follows, one entry or more a subject
/// @param failures parts that could not be read; the rest is in `facts` all the same
public record Mapped(String event, boolean wanted, List<FactsObserved> facts, List<Failure> failures) {

    /// A part that could not be read.
    ///
    /// @param message for people
    public record Failure(DeadLetterReason reason, String message) {}

    /// In one word, as the metric `muster.normaliser.deliveries` has it.
    public String outcome() {
        if (!failures.isEmpty()) {
            return facts.isEmpty() ? "failed" : "partly_failed";
        }
        if (!facts.isEmpty()) {
            return "facts";
        }
        return wanted ? "nothing_new" : "unmapped";
    }

    static Mapped failed(DeadLetterReason reason, String message) {
        return new Mapped("", false, List.of(), List.of(new Failure(reason, message)));
    }
}

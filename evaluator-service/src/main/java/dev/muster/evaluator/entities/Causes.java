package dev.muster.evaluator.entities;

import dev.muster.engine.fact.FactCause;
import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.CauseKind;
import dev.muster.engine.result.Declared;
import dev.muster.evaluator.state.Declaration;
import dev.muster.records.DeclaredMapping;
import dev.muster.schemas.v1.Scorecard;
import java.time.Instant;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Why something is judged again. The version of the scorecard is filled in by who judges.
final class Causes {

    private Causes() {}

    static IntFunction<Cause> fact(String subject, FactChange change, @Nullable FactState before, FactState after) {
        return version -> FactCause.of(subject, change, before, after, version);
    }

    static IntFunction<Cause> entity(Declaration it, boolean baseline) {
        return declared(CauseKind.ENTITY, it, null, baseline);
    }

    static IntFunction<Cause> claim(Declaration it, String subject, boolean gained) {
        return declared(CauseKind.CLAIM, it, subject, gained);
    }

    private static IntFunction<Cause> declared(
            CauseKind kind, Declaration it, @Nullable String subject, boolean baseline) {
        var by = new Declared(it.getAt(), it.getBy().isEmpty() ? null : it.getBy(), it.getDeliveryId());
        return version -> by.cause(kind, subject, version, baseline);
    }

    /// A scorecard was published, or deleted.
    ///
    /// @param it null when it was deleted, which leaves nothing but the instant
    static IntFunction<Cause> scorecard(@Nullable Scorecard it, Instant now) {
        var by = it == null ? new Declared(now, null, null) : DeclaredMapping.of(it);
        return version -> by.cause(CauseKind.SCORECARD, null, version, true);
    }
}

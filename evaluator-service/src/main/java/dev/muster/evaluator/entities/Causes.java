package dev.muster.evaluator.entities;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactChange.Invalidate;
import dev.muster.engine.fact.FactChange.Remove;
import dev.muster.engine.fact.FactChange.Set;
import dev.muster.engine.fact.FactChange.Snapshot;
import dev.muster.engine.fact.FactChange.Upsert;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.CauseKind;
import dev.muster.evaluator.state.Declaration;
import dev.muster.schemas.v1.Scorecard;
import java.time.Instant;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Why something is judged again. The version of the scorecard is filled in by who judges.
final class Causes {

    /// What people see of a value, at most.
    static final int SHORT = 200;

    private Causes() {}

    static IntFunction<Cause> fact(String subject, FactChange change, @Nullable FactState before, FactState after) {
        var origin = change.origin();
        return version -> new Cause(
                CauseKind.FACT,
                origin.source(),
                origin.connection(),
                origin.deliveryId(),
                origin.actor(),
                origin.url(),
                subject,
                change.fact(),
                shown(before, change),
                shown(after, change),
                change.version().sourceTime(),
                version,
                origin.backfill());
    }

    static IntFunction<Cause> entity(Declaration it, boolean baseline) {
        return declared(CauseKind.ENTITY, it, null, baseline);
    }

    static IntFunction<Cause> claim(Declaration it, String subject, boolean gained) {
        return declared(CauseKind.CLAIM, it, subject, gained);
    }

    private static IntFunction<Cause> declared(
            CauseKind kind, Declaration it, @Nullable String subject, boolean baseline) {
        return version -> new Cause(
                kind,
                "api",
                it.getBy().isEmpty() ? null : it.getBy(),
                it.getDeliveryId(),
                it.getBy().isEmpty() ? null : it.getBy(),
                null,
                subject,
                null,
                null,
                null,
                it.getAt(),
                version,
                baseline);
    }

    /// The cause of a first result: whatever it was, nobody has to hear of what was so before.
    static Cause first(Cause it) {
        return new Cause(
                it.kind(),
                it.source(),
                it.connection(),
                it.deliveryId(),
                it.actor(),
                it.url(),
                it.subject(),
                it.fact(),
                it.before(),
                it.after(),
                it.at(),
                it.scorecardVersion(),
                true);
    }

    /// A scorecard was published, or deleted.
    ///
    /// @param it null when it was deleted, which leaves nothing but the instant
    static IntFunction<Cause> scorecard(@Nullable Scorecard it, Instant now) {
        if (it == null) {
            return version -> new Cause(
                    CauseKind.SCORECARD, "api", null, null, null, null, null, null, null, null, now, version, true);
        }
        return published(it);
    }

    private static IntFunction<Cause> published(Scorecard it) {
        return version -> new Cause(
                CauseKind.SCORECARD,
                "api",
                it.getPublishedBy(),
                it.getDeliveryId(),
                it.getPublishedBy(),
                null,
                null,
                null,
                null,
                null,
                it.getPublishedAt(),
                version,
                true);
    }

    /// The part of a state that a change is about, shortened.
    private static @Nullable String shown(@Nullable FactState state, FactChange change) {
        return switch (state) {
            case null -> null;
            case FactState.Scalar scalar -> shortened(scalar.json());
            case FactState.Collection all ->
                switch (change) {
                    case Upsert it -> item(all, it.item());
                    case Remove it -> item(all, it.item());
                    case Snapshot _, Set _, Invalidate _ -> items(all.visible().size());
                };
        };
    }

    private static String items(int size) {
        return size == 1 ? "1 item" : size + " items";
    }

    private static @Nullable String item(FactState.Collection all, String id) {
        var item = all.items().get(id);
        return item == null || !all.shows(item) ? null : shortened(item.json());
    }

    static @Nullable String shortened(@Nullable String text) {
        if (text == null || text.length() <= SHORT) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(SHORT - 2)) ? SHORT - 2 : SHORT - 1;
        return text.substring(0, end) + "…";
    }
}

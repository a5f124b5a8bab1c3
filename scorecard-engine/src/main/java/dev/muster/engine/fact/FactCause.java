package dev.muster.engine.fact;

import dev.muster.engine.fact.FactChange.Invalidate;
import dev.muster.engine.fact.FactChange.Remove;
import dev.muster.engine.fact.FactChange.Set;
import dev.muster.engine.fact.FactChange.Snapshot;
import dev.muster.engine.fact.FactChange.Upsert;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.CauseKind;
import org.jspecify.annotations.Nullable;

/// What a change to a fact is as the cause of a transition.
public final class FactCause {

    /// What people see of a value, at most.
    static final int SHORT = 200;

    private FactCause() {}

    /// The cause that `change` is.
    ///
    /// @param before all that was known of the fact of the subject, null when nothing was
    /// @param after the same with the change
    /// @param scorecardVersion version of the scorecard that judges
    public static Cause of(
            String subject, FactChange change, @Nullable FactState before, FactState after, int scorecardVersion) {
        var origin = change.origin();
        return new Cause(
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
                scorecardVersion,
                origin.backfill());
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

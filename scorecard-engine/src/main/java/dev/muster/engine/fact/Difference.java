package dev.muster.engine.fact;

import dev.muster.engine.fact.FactState.Collection;
import dev.muster.engine.fact.FactState.Scalar;
import org.jspecify.annotations.Nullable;

/// What a change made of a fact, shortened, for people; the state of the register says the rest.
///
/// @param before value before, null when there was none
/// @param after value after, null when there is none
public record Difference(@Nullable String before, @Nullable String after) {

    /// Characters of one side at most.
    public static final int LONGEST = 200;

    /// Compares the register before and after `change` went in.
    ///
    /// @param before null when nothing was told yet
    public static Difference made(@Nullable FactState before, FactState after, FactChange change) {
        return new Difference(text(before, change), text(after, change));
    }

    private static @Nullable String text(@Nullable FactState state, FactChange change) {
        return switch (change) {
            case FactChange.Set _, FactChange.Invalidate _ ->
                state instanceof Scalar scalar ? shortened(scalar.json()) : null;
            case FactChange.Upsert upsert -> item(state, upsert.item());
            case FactChange.Remove remove -> item(state, remove.item());
            case FactChange.Snapshot snapshot -> count(state, snapshot.scope());
        };
    }

    private static @Nullable String item(@Nullable FactState state, String id) {
        if (state instanceof Collection collection) {
            var item = collection.items().get(id);
            return item != null && collection.shows(item) ? shortened(item.json()) : null;
        }
        return null;
    }

    private static @Nullable String count(@Nullable FactState state, String scope) {
        if (state instanceof Collection collection) {
            var count = collection.visible().values().stream()
                    .filter(item -> scope.isEmpty() || item.scope().equals(scope))
                    .count();
            return count == 1 ? "1 item" : count + " items";
        }
        return null;
    }

    /// `text` with at most [#LONGEST] characters, never cut within one that takes two.
    private static @Nullable String shortened(@Nullable String text) {
        if (text == null || text.length() <= LONGEST) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return text.substring(0, end) + "…";
    }
}

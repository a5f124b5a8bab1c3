package dev.muster.portal.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A piece of a list.
///
/// @param items in the order of the list
/// @param next cursor of the following piece; null at the end
public record Slice<T>(List<T> items, @Nullable String next) {

    /// How many items a piece may have, and has when nobody says.
    public static final int MOST = 200;

    public static final int USUAL = 50;

    /// Cuts a list that was read with one item more than wanted.
    ///
    /// @param key the cursor behind an item
    public static <T> Slice<T> cut(List<T> items, int limit, Function<T, Cursor> key) {
        if (items.size() <= limit) {
            return new Slice<>(items, null);
        }
        var kept = List.copyOf(items.subList(0, limit));
        return new Slice<>(kept, key.apply(kept.getLast()).toString());
    }

    /// The limit that a client asked for, within its bounds.
    public static int limit(@Nullable Integer asked) {
        return asked == null ? USUAL : Math.clamp(asked, 1, MOST);
    }
}

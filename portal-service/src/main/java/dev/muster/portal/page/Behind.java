package dev.muster.portal.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a page says when it may not show all that has happened. Pure.
final class Behind {

    /// Records. So many are read within a moment.
    private static final long USUAL = 1000;

    private Behind() {}

    /// Null usually.
    ///
    /// @param caughtUp whether everything was read that was there when the portal started
    /// @param records that are yet to be read
    static @Nullable String text(boolean caughtUp, long records) {
        var left = String.format(Locale.ROOT, "%,d record%s yet to be read.", records, records == 1 ? " is" : "s are");
        if (!caughtUp) {
            return "This page may show the past: the portal still reads what happened before it started."
                    + (records > 0 ? " " + left : "");
        }
        return records > USUAL ? "This page shows the past: " + left : null;
    }
}

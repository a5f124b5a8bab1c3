package dev.muster.portal.rebuild;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far a rebuild is.
///
/// @param id to ask for it
/// @param state `running`, `done` or `failed`
/// @param by who asked for it
/// @param records written so far
/// @param of how many there were to write when it began, as far as offsets tell; what the topics deleted or compacted
/// counts as well
/// @param perSecond records written in a second, on the average
/// @param reason why it failed
public record RebuildState(
        String id,
        String state,
        String by,
        Instant startedAt,
        @Nullable Instant endedAt,
        long records,
        long of,
        long perSecond,
        @Nullable String reason) {

    /// What there is.
    enum Phase {
        RUNNING,
        DONE,
        FAILED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

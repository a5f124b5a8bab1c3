package dev.muster.notifier.connection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A time in which a connection is silent for longer than usual.
///
/// @param since from when on it is longer than usual
/// @param lastAt when the last delivery before it came; null when that is not known
/// @param owner of the connection, null when it has none
/// @param endedAt when the connection reported again, null while it has not
record Spell(
        String connection,
        String source,
        Instant since,
        @Nullable Instant lastAt,
        @Nullable String owner,
        @Nullable Instant endedAt) {}

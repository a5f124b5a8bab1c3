package dev.muster.engine.fact;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The time of the source as it may count in a [Version].
///
/// A clock that runs ahead would freeze a fact until that time comes, so a time more than [#TOLERANCE] after receipt
/// is replaced by the time of receipt. So is a time before 1970: nothing that Muster reads is that old, but "not set"
/// is often written as the first second of the year 1.
///
/// @param at the time that counts
/// @param clamped true when the source told another time, which was not believed
public record SourceTime(Instant at, boolean clamped) {

    /// How far ahead of receipt a source's clock may run.
    public static final Duration TOLERANCE = Duration.ofMinutes(10);

    /// The time that counts for what a source told at `told`.
    ///
    /// @param told what the source says, or null when it gives no time: then the time of receipt counts, unflagged
    public static SourceTime of(@Nullable Instant told, Instant receivedAt) {
        if (told == null) {
            return new SourceTime(receivedAt, false);
        }
        var believable = !told.isBefore(Instant.EPOCH) && !told.isAfter(receivedAt.plus(TOLERANCE));
        return believable ? new SourceTime(told, false) : new SourceTime(receivedAt, true);
    }
}

package dev.muster.ingest.source;

import java.time.Duration;
import java.time.Instant;

/// When the sender signed: what is too far from now is refused, so that nobody sends an old delivery again.
///
/// @param header lower-case name; holds Unix seconds or milliseconds
/// @param tolerance most that it may be before or after now
public record SignedTime(String header, Duration tolerance) {

    private static final int MAX_DIGITS = 14;
    private static final long LARGEST_SECOND = 100_000_000_000L;

    /// Whether the text is a time, and near enough.
    public boolean isNear(String text, Instant now) {
        if (!isDigits(text)) {
            return false;
        }
        var number = Long.parseLong(text);
        var told = number < LARGEST_SECOND ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        return Duration.between(told, now).abs().compareTo(tolerance) <= 0;
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

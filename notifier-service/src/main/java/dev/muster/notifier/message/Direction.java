package dev.muster.notifier.message;

/// Whether a message tells something bad, its end, what a day will bring, or how a week went.
public enum Direction {
    REGRESSION,
    RECOVERY,
    REMINDER,
    REPORT;

    /// Whether something happened that has a cause.
    public boolean hasCause() {
        return this == REGRESSION || this == RECOVERY;
    }
}

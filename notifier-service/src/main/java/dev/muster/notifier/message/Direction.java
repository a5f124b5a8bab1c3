package dev.muster.notifier.message;

/// Whether a message tells something bad, its end, or what a day will bring.
public enum Direction {
    REGRESSION,
    RECOVERY,
    REMINDER
}

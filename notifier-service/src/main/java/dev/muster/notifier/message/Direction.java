package dev.muster.notifier.message;

/// Whether a message tells something bad or its end.
public enum Direction {
    REGRESSION,
    RECOVERY
}

package dev.muster.notifier.ledger;

/// Whether a message tells something bad or its end.
public enum Direction {
    REGRESSION,
    RECOVERY
}

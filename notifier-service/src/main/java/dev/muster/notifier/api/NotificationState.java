package dev.muster.notifier.api;

/// Where a notification stands, over all its destinations.
enum NotificationState {
    /// Still gathers what belongs to it.
    GATHERING,
    /// Still on its way to a destination.
    READY,
    /// Shown at one destination at least.
    SENT,
    /// Taken by one destination at least, and nothing more is known.
    ACCEPTED,
    /// Not sent on purpose.
    SUPPRESSED,
    /// Reached nobody.
    FAILED
}

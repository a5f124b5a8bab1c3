package dev.muster.notifier.ledger;

/// Why a transition is told by another message than that of its own owner, cause and route. A closed
/// list, because it is part of the API.
public enum GroupedBecause {
    /// The entity lost a level at the same time, and that message speaks for its rules.
    INHIBITED,
    /// It went back and forth, and one message tells all of it.
    FLAPPING,
    /// It is silenced: what is still so when the silence ends is told then.
    SILENCED,
    /// Too many messages to one owner waited at once, and became one.
    STORM,
    /// Nobody is to hear of it; it only ends the incidents that its regression opened.
    INCIDENT
}

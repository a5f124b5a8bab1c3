package dev.muster.routing;

/// Why a message has not left yet. A closed list, because it is part of the API.
public enum HeldBecause {
    /// What has the same owner, cause and route joins it.
    GROUPING,
    /// Its route collects until the end of a window.
    DIGEST,
    /// A mute time of its route, or the quiet hours of its owner.
    MUTED,
    /// Somebody silenced it; what is still so when the silence ends is told then.
    SILENCED,
    /// It went back and forth; it is told once it is steady.
    FLAPPING
}

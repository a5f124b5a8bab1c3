package dev.muster.routing;

import java.util.Locale;

/// What people may hear of.
public enum ChangeKind {
    REGRESSED,
    RECOVERED,
    /// A day comes: an attestation or exemption ends, a rule begins to count.
    REMINDER,
    /// A regression was not resolved in time, and the parent team hears of it.
    ESCALATED,
    /// How a team's entities stand, once a week.
    REPORT,
    /// A connection of Muster is silent for longer than usual, or reports again.
    CONNECTION;

    /// As routes and silences write it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

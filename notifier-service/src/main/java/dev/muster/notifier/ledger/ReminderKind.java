package dev.muster.notifier.ledger;

/// What owners hear of before its day. A closed list, because it is a metric label and part of the API.
public enum ReminderKind {
    /// An attestation ends.
    ATTESTATION_ENDS,
    /// An approved exemption ends.
    EXEMPTION_ENDS,
    /// A rule begins to count.
    RULE_COUNTS,
    /// An initiative comes due, and entities are not done.
    INITIATIVE_DUE,
    /// An initiative is due, and entities are not done.
    INITIATIVE_OVERDUE;

    /// Whether it is about an initiative.
    public boolean ofInitiative() {
        return this == INITIATIVE_DUE || this == INITIATIVE_OVERDUE;
    }
}

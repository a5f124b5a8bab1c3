package dev.muster.notifier.ledger;

/// What owners hear of before its day. A closed list, because it is a metric label and part of the API.
public enum ReminderKind {
    /// An attestation ends.
    ATTESTATION_ENDS,
    /// An approved exemption ends.
    EXEMPTION_ENDS,
    /// A rule begins to count.
    RULE_COUNTS
}

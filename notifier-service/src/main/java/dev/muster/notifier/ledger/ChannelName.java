package dev.muster.notifier.ledger;

/// Ways to reach people. A closed list, because it is a metric label.
public enum ChannelName {
    EMAIL,
    SLACK,
    TEAMS,
    PAGERDUTY,
    OPSGENIE,
    WEBHOOK;

    /// As written in the ledger, receipts, metrics and answers.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The reverse of [#label].
    public static ChannelName of(String label) {
        return valueOf(label.toUpperCase(java.util.Locale.ROOT));
    }
}

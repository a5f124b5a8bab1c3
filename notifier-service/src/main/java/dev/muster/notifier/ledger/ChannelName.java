package dev.muster.notifier.ledger;

/// Ways to reach people. A closed list, because it is a metric label.
public enum ChannelName {
    EMAIL(false),
    SLACK(false),
    TEAMS(false),
    PAGERDUTY(true),
    OPSGENIE(true),
    WEBHOOK(false);

    private final boolean incidents;

    ChannelName(boolean incidents) {
        this.incidents = incidents;
    }

    /// Whether a message of a regression opens an incident, which somebody has to close.
    public boolean keepsIncidents() {
        return incidents;
    }

    /// As written in the ledger, receipts, metrics and answers.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The reverse of [#label].
    public static ChannelName of(String label) {
        return valueOf(label.toUpperCase(java.util.Locale.ROOT));
    }
}

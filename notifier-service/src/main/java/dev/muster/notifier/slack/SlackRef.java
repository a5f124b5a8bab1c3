package dev.muster.notifier.slack;

/// What Slack calls a message: its channel, by id, and its time stamp.
record SlackRef(String channel, String ts) {

    /// Reads what the ledger keeps.
    ///
    /// @param usual the channel of a message of which only the time stamp was kept
    static SlackRef of(String text, String usual) {
        var colon = text.indexOf(':');
        return colon < 0
                ? new SlackRef(usual, text)
                : new SlackRef(text.substring(0, colon), text.substring(colon + 1));
    }

    /// As the ledger keeps it.
    String text() {
        return channel + ":" + ts;
    }
}

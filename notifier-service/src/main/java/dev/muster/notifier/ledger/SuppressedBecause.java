package dev.muster.notifier.ledger;

/// Why nobody is told about a transition, or reminded. A closed list, because it is a metric label and part of the API.
public enum SuppressedBecause {
    /// It describes what was so before Muster looked, or what a new scorecard says.
    BASELINE,
    /// It is neither a regression nor a recovery.
    NOT_A_REGRESSION,
    /// The scorecard is a draft or does not notify this kind.
    NOTIFY_OFF,
    /// It reached the notifier longer ago than `muster.notifier.max-age` allows.
    TOO_OLD,
    /// A recovery of something that nobody was told about.
    NEVER_TOLD,
    /// A recovery, but nothing of what was told is resolved by it.
    NOT_RESOLVED,
    /// Regression and recovery fell into the same wait, a silence or a digest included.
    RECOVERED_WITHIN_WAIT,
    /// It broke again before its recovery was told: it is as it was told.
    BROKE_AGAIN_WITHIN_WAIT,
    /// Its route is a further one, and whoever it leads to has heard already; or it went back and forth and
    /// is as it was told last.
    ALREADY_TOLD,
    /// Nothing of what it was to remind of stands any more.
    NO_LONGER_SO,
    /// Who reads the mail address does not want mail.
    UNSUBSCRIBED,
    /// The destination is set up not to hear of this kind of message.
    NOT_WANTED
}

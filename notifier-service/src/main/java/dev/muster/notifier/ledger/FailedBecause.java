package dev.muster.notifier.ledger;

/// Why a message did not get through, for good or for now. A closed list, because it is a metric label and part of
/// the API.
public enum FailedBecause {
    /// No connection, or it broke.
    UNREACHABLE,
    /// No answer in time: whether the message arrived is unknown.
    TIMED_OUT,
    /// Too many messages for the receiver.
    RATE_LIMITED,
    /// The receiver is in trouble.
    SERVER_ERROR,
    /// The receiver wants neither the message nor a shorter one.
    REFUSED,
    /// The message is too big or has a form that the receiver does not take.
    NOT_ACCEPTABLE,
    /// Credentials are wrong or were revoked.
    UNAUTHORISED,
    /// The channel, webhook or mailbox is not there any more.
    GONE,
    /// The receiver wanted to send us somewhere else.
    REDIRECTED,
    /// The address is not one that this service may call.
    BLOCKED,
    /// The mail address was refused so often that it is not tried any more, until somebody releases it.
    REFUSED_OFTEN,
    /// Not a mail address.
    BAD_ADDRESS,
    /// The catalogue names a destination that is not configured.
    UNKNOWN_DESTINATION,
    /// The channel is not configured, such as mail without a server.
    NOT_CONFIGURED,
    /// Neither the owner nor the fallback has any destination.
    NO_DESTINATION,
    /// It was tried for as long as `muster.notifier.retry.budget` allows.
    BUDGET_SPENT,
    /// The notifier itself could not, such as while its database did not answer: nobody else is to blame.
    OWN_TROUBLE,
    /// The message could not be made: a bug.
    BROKEN
}

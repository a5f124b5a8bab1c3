package dev.muster.schemas;

/// Why a record was given up. A closed set, because it is a label of a metric; it travels by name.
public enum DeadLetterReason {
    /// Not in the wire format, or not of the schema that it names.
    UNREADABLE,
    /// The body is not JSON, nor the XML or YAML that its media type says, or not within the limits.
    NOT_JSON,
    /// Nothing here knows how to read what the sender sent.
    UNKNOWN_SOURCE,
    /// The source definition did not fit the payload.
    MAPPING_FAILED,
    /// Larger than what it would become may be.
    TOO_LARGE,
    /// Read, but of no use: its content breaks a rule of its type.
    INVALID,
    /// Processing it failed in a way that nobody foresaw; the message holds the error.
    PROCESSING_FAILED,
    /// A message to people never reached a destination: its receiver refused it, or it was tried for as
    /// long as allowed.
    NOT_DELIVERED
}

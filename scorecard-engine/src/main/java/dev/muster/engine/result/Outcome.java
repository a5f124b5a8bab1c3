package dev.muster.engine.result;

/// What became of one rule for one entity.
public enum Outcome {
    /// The check is true.
    PASS,
    /// The check is false.
    FAIL,
    /// The check is true and the warning too. Counts as passed.
    WARN,
    /// A fact that the rule reads was never reported.
    UNKNOWN,
    /// The evidence is older than it may be.
    STALE,
    /// An approved exemption stands in for it.
    EXEMPT,
    /// The rule does not apply to this entity, or not yet.
    NOT_APPLICABLE,
    /// The rule broke; the message says why. Counts as not passed.
    ERROR;

    /// True for what earns its weight in the score.
    public boolean passed() {
        return this == PASS || this == WARN;
    }

    /// True for what costs its weight in the score.
    public boolean failed() {
        return this == FAIL || this == ERROR;
    }

    /// True for what counts in the score at all: there was evidence, and it was judged.
    public boolean decided() {
        return passed() || failed();
    }

    /// True for what counts in the coverage.
    public boolean applicable() {
        return this != NOT_APPLICABLE;
    }

    /// True when it does not stand in the way of the level that needs the rule.
    public boolean satisfies() {
        return passed() || this == EXEMPT || this == NOT_APPLICABLE;
    }

    /// True when evidence is missing or too old.
    public boolean decayed() {
        return this == STALE || this == UNKNOWN;
    }
}

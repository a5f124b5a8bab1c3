package dev.muster.engine.fact;

/// How one value is made of what several subjects of an entity told.
public enum Merge {
    /// All items of all subjects. For collections, and only for them.
    UNION,
    /// The value with the greatest version.
    LATEST,
    /// True when any is true. For bool.
    ANY,
    /// True when all are true. For bool.
    ALL,
    /// The smallest. For int, double and timestamp.
    MIN,
    /// The greatest. For int, double and timestamp.
    MAX,
    /// The sum. For int and double.
    SUM
}

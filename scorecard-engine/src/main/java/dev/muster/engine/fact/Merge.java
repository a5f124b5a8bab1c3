package dev.muster.engine.fact;

import dev.muster.engine.fact.FactType.Simple;

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
    SUM;

    /// True when values of `type` can be merged this way.
    boolean fits(FactType type) {
        return switch (this) {
            case UNION -> type instanceof FactType.CollectionOf;
            case LATEST -> !(type instanceof FactType.CollectionOf);
            case ANY, ALL -> type == Simple.BOOL;
            case MIN, MAX -> type == Simple.INT || type == Simple.DOUBLE || type == Simple.TIMESTAMP;
            case SUM -> type == Simple.INT || type == Simple.DOUBLE;
        };
    }
}

package dev.muster.engine.result;

/// What made a result change.
public enum CauseKind {
    /// A fact changed.
    FACT,
    /// An instant passed.
    CLOCK,
    /// The entity was declared, changed or deleted.
    ENTITY,
    /// The entity began or ceased to claim a subject.
    CLAIM,
    /// The scorecard was published, changed or deleted.
    SCORECARD
}

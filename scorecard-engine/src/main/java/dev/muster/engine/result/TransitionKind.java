package dev.muster.engine.result;

/// What a transition means for the owner of the entity.
public enum TransitionKind {
    /// By a fact or the clock a rule fails that did not, or a level was lost.
    REGRESSED,
    /// By a fact or the clock a rule that failed is passed, exempt or not applicable, or a level was gained; and
    /// nothing regressed.
    RECOVERED,
    /// Evidence became stale or unknown, and nothing regressed or recovered.
    DECAYED,
    /// The first result, a new claim, rule or scorecard version, or facts of before Muster looked: notifies nobody.
    BASELINE,
    /// Anything else.
    CHANGED
}

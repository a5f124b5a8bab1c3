package dev.muster.engine.rule;

/// Hears which rules are really evaluated, to count them: what is carried over is not told.
@FunctionalInterface
public interface RuleListener {

    void evaluated(String scorecard, String rule);

    /// Hears nothing.
    static RuleListener silent() {
        return (_, _) -> {};
    }
}

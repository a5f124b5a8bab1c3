package dev.muster.portal.result;

import dev.muster.schemas.v1.Evidence;
import dev.muster.schemas.v1.RuleOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one rule for one entity.
///
/// @param id of the rule
/// @param since when the outcome became this one
/// @param message evidence in words
/// @param remediation link or text: what to do
/// @param nextChangeAt when it can change without a new fact
public record RuleView(
        String id,
        String title,
        String outcome,
        Instant since,
        String message,
        String level,
        int weight,
        @Nullable String dimension,
        @Nullable String remediation,
        List<EvidenceView> evidence,
        @Nullable Instant nextChangeAt) {

    /// A fact that an outcome rests on.
    public record EvidenceView(
            String fact,
            String subject,
            Instant observedAt,
            String source,
            @Nullable String url) {

        static EvidenceView of(Evidence evidence) {
            return new EvidenceView(
                    evidence.getFact(),
                    evidence.getSubject(),
                    evidence.getObservedAt(),
                    evidence.getSource(),
                    evidence.getUrl());
        }
    }

    static RuleView of(RuleOutcome rule) {
        return new RuleView(
                rule.getRule(),
                rule.getTitle(),
                rule.getOutcome().name(),
                rule.getSince(),
                rule.getMessage(),
                rule.getLevel(),
                rule.getWeight(),
                rule.getDimension(),
                rule.getRemediation(),
                rule.getEvidence().stream().map(EvidenceView::of).toList(),
                rule.getNextChangeAt());
    }

    /// The same with what is recorded of the past: neither evidence nor what may come.
    ///
    /// @param begun when the outcome became this one
    /// @param words evidence in words, as far as they are known
    public RuleView past(Instant begun, String words) {
        return new RuleView(id, title, outcome, begun, words, level, weight, dimension, remediation, List.of(), null);
    }

    /// Whether the rule stands in the way of its level: what is unknown or stale does so too.
    public boolean blocks() {
        return blocks(outcome);
    }

    /// The same of an outcome by its name.
    public static boolean blocks(String outcome) {
        return switch (outcome) {
            case "PASS", "WARN", "EXEMPT", "NOT_APPLICABLE" -> false;
            default -> true;
        };
    }

    /// Whether somebody has to act: the rule fails or is broken.
    public boolean fails() {
        return outcome.equals("FAIL") || outcome.equals("ERROR");
    }
}

package dev.muster.portal.asof;

import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.engine.result.WholeMillis;
import dev.muster.portal.result.CauseView;
import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.RuleView;
import dev.muster.portal.result.RuleView.EvidenceView;

/// Results of the engine in the shape of the API.
final class Views {

    private Views() {}

    /// @param version of the result
    static ResultView of(Result it, ScorecardDefinition scorecard, long version, Cause cause) {
        return new ResultView(
                it.entity(),
                it.scorecard(),
                it.scorecardVersion(),
                version,
                it.level(),
                it.score(),
                it.coverage(),
                it.evaluatedAt(),
                it.rules().stream().map(rule -> of(rule, scorecard)).toList(),
                of(cause),
                it.lookAgainAt());
    }

    private static RuleView of(RuleOutcome it, ScorecardDefinition scorecard) {
        var rule = scorecard.rules().stream()
                .filter(each -> each.id().equals(it.rule()))
                .findFirst()
                .orElseThrow();
        return of(it, rule);
    }

    private static RuleView of(RuleOutcome it, RuleDefinition rule) {
        return new RuleView(
                it.rule(),
                rule.title(),
                it.outcome().name(),
                it.since(),
                it.message(),
                rule.level(),
                rule.weight(),
                rule.dimension(),
                rule.remediation(),
                it.evidence().stream()
                        .map(each -> new EvidenceView(
                                each.fact(), each.subject(), each.observedAt(), each.source(), each.url()))
                        .toList(),
                WholeMillis.up(it.nextChangeAt()));
    }

    private static CauseView of(Cause it) {
        return new CauseView(
                it.kind().name(),
                it.source(),
                it.connection(),
                it.deliveryId(),
                it.actor(),
                it.url(),
                it.subject(),
                it.fact(),
                it.before(),
                it.after(),
                it.at(),
                it.scorecardVersion(),
                it.baseline());
    }
}

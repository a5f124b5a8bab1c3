package dev.muster.portal.failing;

import dev.muster.portal.result.RuleView;
import dev.muster.portal.transition.RuleCauses.RuleCause;
import org.jspecify.annotations.Nullable;

/// A rule that stands in the way of an entity.
///
/// @param label what people call the entity
/// @param effort of the remediation: low, medium or high; null when the scorecard does not say
/// @param cause why it has this outcome; null when that is older than history
public record FailingView(
        String entity,
        String label,
        @Nullable String owner,
        @Nullable String system,
        @Nullable Integer tier,
        String scorecard,
        String scorecardTitle,
        RuleView rule,
        @Nullable String effort,
        @Nullable RuleCause cause) {

    FailingView with(RuleView other, @Nullable RuleCause found) {
        return new FailingView(entity, label, owner, system, tier, scorecard, scorecardTitle, other, effort, found);
    }
}

package dev.muster.portal.scorecard;

import dev.muster.schemas.v1.Rule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scorecard as it was published.
///
/// @param levels from the lowest to the highest
/// @param appliesTo CEL over the entity: which entities it scores
/// @param draft evaluated and shown, but notifies nobody
public record ScorecardView(
        String name,
        String title,
        @Nullable String description,
        @Nullable String owner,
        int version,
        String appliesTo,
        List<String> levels,
        boolean draft,
        List<RuleDefinitionView> rules,
        Instant publishedAt,
        String publishedBy) {

    /// A rule as it was published.
    ///
    /// @param check CEL over facts: true is a pass
    /// @param freshMillis how old evidence may be
    public record RuleDefinitionView(
            String id,
            String title,
            @Nullable String motivation,
            @Nullable String appliesTo,
            String check,
            @Nullable String warn,
            String level,
            int weight,
            @Nullable Long freshMillis,
            @Nullable Instant effectiveFrom,
            @Nullable String remediation,
            @Nullable String effort,
            @Nullable String dimension,
            String params,
            @Nullable String use) {

        static RuleDefinitionView of(Rule rule) {
            return new RuleDefinitionView(
                    rule.getId(),
                    rule.getTitle(),
                    rule.getMotivation(),
                    rule.getAppliesTo(),
                    rule.getCheck(),
                    rule.getWarn(),
                    rule.getLevel(),
                    rule.getWeight(),
                    rule.getFreshMillis(),
                    rule.getEffectiveFrom(),
                    rule.getRemediation(),
                    rule.getEffort(),
                    rule.getDimension(),
                    rule.getParams(),
                    rule.getUse());
        }
    }
}

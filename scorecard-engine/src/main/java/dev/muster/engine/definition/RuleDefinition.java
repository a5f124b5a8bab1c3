package dev.muster.engine.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One rule, complete: what it reuses has been filled in.
///
/// @param id unique in its scorecard and never changed; phrased so that true is good
/// @param appliesTo CEL over `entity` and `params`, or null for all
/// @param check CEL over facts: true is a pass
/// @param warn CEL asked when the check is true: true makes the pass a warning
/// @param message CEL that gives a string, or null for a made message
/// @param level one of the scorecard's levels
/// @param weight 1 to 100
/// @param fresh how old evidence may be; null takes each fact's own maximum age
/// @param effectiveFrom the rule counts from then on
/// @param remediation what to do when it fails, a step a line, or a link
/// @param effort of the remediation: low, medium or high
/// @param params long, double, Boolean, String or List of String by name; `params.name` in expressions
/// @param tiers params that differ for entities of a tier, by tier and name
/// @param attestation who may attest it, or null for [AttestationTerms#USUAL]
/// @param requirement what asks for it, such as `SEC-3` or a clause of a standard
/// @param use shipped rule that it comes from, such as `framework/max-known-vulnerabilities`
public record RuleDefinition(
        String id,
        String title,
        @Nullable String motivation,
        @Nullable String appliesTo,
        String check,
        @Nullable String warn,
        @Nullable String message,
        String level,
        int weight,
        @Nullable Duration fresh,
        @Nullable Instant effectiveFrom,
        @Nullable String remediation,
        @Nullable String effort,
        @Nullable String dimension,
        Map<String, Object> params,
        Map<Integer, Map<String, Object>> tiers,
        @Nullable AttestationTerms attestation,
        @Nullable String requirement,
        @Nullable String use) {

    public RuleDefinition {
        params = Map.copyOf(params);
        tiers = Map.copyOf(tiers);
    }

    /// Whether both give the same outcome and message for everybody, always: they may differ in what the outcome counts
    /// and in what people are told about it, such as level, weight and remediation.
    public boolean judgesLike(RuleDefinition other) {
        return judging().equals(other.judging());
    }

    /// What an outcome depends on; where there is no message, one is made of the title.
    private List<@Nullable Object> judging() {
        return Arrays.asList(
                id, title, appliesTo, check, warn, message, fresh, effectiveFrom, params, tiers, attestation);
    }

    /// The same rule as if it had counted always.
    RuleDefinition counting() {
        return with(null, dimension, params, tiers);
    }

    /// The same rule with these params in every tier.
    public RuleDefinition withParams(Map<String, Object> all) {
        return with(effectiveFrom, dimension, all, Map.of());
    }

    /// The same rule in a dimension.
    public RuleDefinition in(String ofFramework) {
        return with(effectiveFrom, ofFramework, params, tiers);
    }

    private RuleDefinition with(
            @Nullable Instant from,
            @Nullable String of,
            Map<String, Object> all,
            Map<Integer, Map<String, Object>> byTier) {
        return new RuleDefinition(
                id,
                title,
                motivation,
                appliesTo,
                check,
                warn,
                message,
                level,
                weight,
                fresh,
                from,
                remediation,
                effort,
                of,
                all,
                byTier,
                attestation,
                requirement,
                use);
    }
}

package dev.muster.engine.rule;

import dev.cel.common.types.StructType;
import dev.muster.engine.definition.AttestationTerms;
import dev.muster.engine.definition.RuleDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A rule with its expressions compiled.
///
/// @param params by tier; [EntityView#NO_TIER] and every tier that is not there have those of the rule
/// @param attests whether an attestation is a part of the check, and so stands in for nothing else
/// @param check null when the rule does not compile
/// @param flaw why it does not compile
/// @param needs facts that must have been reported before the check is asked
/// @param rests facts that the outcome rests on; some may never have been reported
/// @param reads all facts that outcome or message read
record CompiledRule(
        RuleDefinition definition,
        Map<String, Object> params,
        Map<Integer, Map<String, Object>> tiers,
        StructType paramsType,
        boolean attests,
        @Nullable Expression appliesTo,
        @Nullable Expression check,
        @Nullable Expression warn,
        @Nullable Expression message,
        @Nullable String flaw,
        Set<String> needs,
        Set<String> rests,
        Set<String> reads) {

    static CompiledRule of(RuleDefinition definition, Expressions expressions) {
        var params = new LinkedHashMap<String, Object>();
        definition.params().forEach((name, value) -> params.put(name, number(value)));
        var tiers = new HashMap<Integer, Map<String, Object>>();
        definition.tiers().forEach((tier, values) -> {
            var own = new LinkedHashMap<>(params);
            values.forEach((name, value) -> own.put(name, number(value)));
            tiers.put(tier, own);
        });
        var type = FactTypes.params(FactTypes.paramTypes(params));
        try {
            var appliesTo = compile(Expressions.Role.APPLIES_TO, definition.appliesTo(), params, expressions);
            var check = expressions.compile(Expressions.Role.CHECK, definition.check(), params);
            var warn = compile(Expressions.Role.WARN, definition.warn(), params, expressions);
            var message = compile(Expressions.Role.MESSAGE, definition.message(), params, expressions);
            var rests = new TreeSet<>(check.reads());
            var asks = new ArrayList<>(List.of(check));
            if (warn != null) {
                rests.addAll(warn.reads());
                asks.add(warn);
            }
            var needs = Expression.needs(asks);
            var reads = new TreeSet<>(rests);
            if (message != null) {
                reads.addAll(message.reads());
            }
            var attests = check.attests() || (warn != null && warn.attests());
            return new CompiledRule(
                    definition,
                    params,
                    tiers,
                    type,
                    attests,
                    appliesTo,
                    check,
                    warn,
                    message,
                    null,
                    needs,
                    rests,
                    reads);
        } catch (FlawedExpression flawed) {
            var flaw = "the rule does not fit its facts: " + flawed.getMessage();
            return new CompiledRule(
                    definition, params, tiers, type, false, null, null, null, null, flaw, Set.of(), Set.of(), Set.of());
        }
    }

    /// Numbers as CEL has them: params may have come through JSON, which has others.
    private static Object number(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case BigInteger number -> number.longValue();
            case Float number -> number.doubleValue();
            case BigDecimal number -> number.doubleValue();
            default -> value;
        };
    }

    private static @Nullable Expression compile(
            Expressions.Role role, @Nullable String source, Map<String, Object> params, Expressions expressions)
            throws FlawedExpression {
        return source == null ? null : expressions.compile(role, source, params);
    }

    /// The params for an entity of that tier.
    Map<String, Object> params(int tier) {
        return tiers.getOrDefault(tier, params);
    }

    AttestationTerms terms() {
        var terms = definition.attestation();
        return terms == null ? AttestationTerms.USUAL : terms;
    }

    String id() {
        return definition.id();
    }
}

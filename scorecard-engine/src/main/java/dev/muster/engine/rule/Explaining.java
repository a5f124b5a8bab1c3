package dev.muster.engine.rule;

import static dev.muster.engine.rule.RuleExplanation.LONGEST_FILLED_IN;
import static dev.muster.engine.rule.RuleExplanation.LONGEST_VALUE;
import static dev.muster.engine.rule.RuleExplanation.MOST_PARTS;
import static dev.muster.engine.rule.RuleExplanation.MOST_SUBJECTS;

import dev.cel.common.ast.CelExpr;
import dev.muster.engine.rule.RuleExplanation.Asked;
import dev.muster.engine.rule.RuleExplanation.Fact;
import dev.muster.engine.rule.RuleExplanation.Part;
import dev.muster.engine.rule.Shown.Loop;
import dev.muster.engine.rule.Trace.Seen;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes explanations of what a [Trace] has seen.
final class Explaining {

    private Explaining() {}

    /// Why a rule has this verdict, right after it was judged.
    static RuleExplanation of(
            CompiledRule rule,
            int tier,
            Judgement.Verdict verdict,
            @Nullable Instant nextChangeAt,
            EntityFacts facts,
            Trace trace) {
        var params = new TreeMap<String, String>();
        rule.params(tier).forEach((name, value) -> params.put(name, ValueText.of(value)));
        var definition = rule.definition();
        var asked = new ArrayList<Asked>();
        add(asked, Expressions.Role.APPLIES_TO, definition.appliesTo(), rule.appliesTo(), trace);
        add(asked, Expressions.Role.CHECK, definition.check(), rule.check(), trace);
        add(asked, Expressions.Role.WARN, definition.warn(), rule.warn(), trace);
        return new RuleExplanation(
                rule.id(),
                verdict.outcome(),
                verdict.message(),
                nextChangeAt,
                params,
                names(rule, verdict).stream().map(name -> fact(name, facts)).toList(),
                asked);
    }

    /// What the expressions read, and what stood in for it.
    private static Set<String> names(CompiledRule rule, Judgement.Verdict verdict) {
        var names = new TreeSet<>(rule.rests());
        verdict.evidence().forEach(evidence -> names.add(evidence.fact()));
        return names;
    }

    private static Fact fact(String name, EntityFacts facts) {
        var reading = facts.reading(name);
        return reading.map(it -> new Fact(
                        name,
                        ValueText.of(it.value()),
                        it.observedAt(),
                        it.evidence().stream().limit(MOST_SUBJECTS).toList()))
                .orElseGet(() -> new Fact(name, null, null, List.of()));
    }

    private static void add(
            List<Asked> asked,
            Expressions.Role role,
            @Nullable String source,
            @Nullable Expression expression,
            Trace trace) {
        if (source == null) {
            return;
        }
        var seen = expression == null ? null : trace.of(expression);
        asked.add(
                expression == null || seen == null
                        ? new Asked(role.key(), source.strip(), null, null, List.of())
                        : asked(role, source.strip(), new Shown(expression.ast()), seen));
    }

    private static Asked asked(Expressions.Role role, String source, Shown shown, Seen seen) {
        var values = Shown.single(shown.whole(), seen.values());
        return new Asked(
                role.key(),
                source,
                values.get(shown.whole().id()) instanceof Boolean truth ? truth : null,
                ValueText.cut(new FilledIn(shown, values).text(shown.whole()), LONGEST_FILLED_IN),
                parts(shown, values, seen));
    }

    /// Breadth first, without what says itself (literals) and what is the same again.
    private static List<Part> parts(Shown shown, Map<Long, Object> values, Seen seen) {
        var parts = new LinkedHashMap<String, Part>();
        var next = new ArrayDeque<CelExpr>(List.of(shown.whole()));
        while (!next.isEmpty() && parts.size() < MOST_PARTS) {
            var node = next.remove();
            var value = values.get(node.id());
            if (value != null && !node.equals(shown.whole()) && !shown.isLiteral(node)) {
                add(parts, shown.text(node), ValueText.of(value));
            }
            shown.decided(node, value).ifPresent(loop -> decision(parts, shown, loop, values, seen));
            next.addAll(shown.madeOf(node));
        }
        return parts.values().stream().limit(MOST_PARTS).toList();
    }

    private static void add(Map<String, Part> parts, String expression, String value) {
        var text = ValueText.cut(expression, LONGEST_VALUE);
        parts.putIfAbsent(text, new Part(text, value));
    }

    /// The item that decided a loop, and what was asked of it.
    private static void decision(Map<String, Part> parts, Shown shown, Loop loop, Map<Long, Object> values, Seen seen) {
        var it = loop.made();
        var rounds = seen.rounds().getOrDefault(it.loopCondition().id(), 0);
        if (rounds > 0 && values.get(it.iterRange().id()) instanceof List<?> range && rounds <= range.size()) {
            var last = Shown.single(it.loopStep(), seen.values());
            add(parts, it.iterVar(), ValueText.of(range.get(rounds - 1)));
            add(
                    parts,
                    shown.text(loop.question()),
                    ValueText.cut(new FilledIn(shown, last).text(loop.question()), LONGEST_VALUE));
        }
    }
}

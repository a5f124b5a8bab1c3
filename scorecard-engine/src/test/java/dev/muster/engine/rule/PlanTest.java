package dev.muster.engine.rule;

import static dev.muster.engine.rule.A.NOW;
import static dev.muster.engine.rule.A.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.definition.RuleDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The quick way gives what CEL's own runtime gives, whatever the facts are.
class PlanTest {

    private static final Map<String, Object> PARAMS =
            Map.of("limit", "7d", "few", 2, "part", 0.75, "names", List.of("high", "low"));

    private static final List<String> PLANNED = List.of(
            "replicas == 2 || replicas > 3",
            "replicas != 2 && !(replicas < 1) && replicas <= 3 && replicas >= 0",
            "coverage.newCode > 50.0 || coverage.newCode <= 10.0 || coverage.newCode == 30.0",
            "coverage.overall == 0.0 && !has(coverage.overall)",
            "coverage.newCode >= 80 || replicas < 2.5 || entity.name < 'o'",
            "runbook.confirmedAt < timestamp('2026-06-01T00:00:00Z') || !runbook.exists",
            "within(runbook.confirmedAt, duration(params.limit)) || overdue(runbook.confirmedAt, portion(duration('20d'), params.part))",
            "vulnerabilities.exists(v, v.severity == 'high' && overdue(v.openedAt, duration('3d')))",
            "vulnerabilities.all(v, v.severity in params.names && within(v.openedAt, duration(params.limit)))",
            "vulnerabilities.exists_one(v, v.severity == 'high')",
            "vulnerabilities.filter(v, v.severity == 'high').size() <= params.few",
            "vulnerabilities.filter(v, v.severity == 'high').map(v, v.item + v.severity).join(',') != '1high'",
            "vulnerabilities.map(v, v.severity == 'low', v.openedAt).all(at, at > timestamp('2026-05-25T00:00:00Z'))",
            "vulnerabilities.exists(v, alerts.exists(a, a.item == v.item && v.openedAt > a.startsAt))",
            "vulnerabilities.exists(v, v.severity == 'high' && alerts.all(v, v.item != '1') && v.item == '1')",
            "vulnerabilities.exists(v, alerts.exists(v, v.item == '1') && v.severity == 'high')",
            "vulnerabilities.all(v, v.severity == 'high' || alerts.exists(a, a.item == '2'))",
            "vulnerabilities.map(v, alerts.map(a, a.item + v.item).join(';')).join(',') != '11'",
            "vulnerabilities.filter(v, within(v.openedAt, portion(duration(params.limit), params.part))).size() < params.few",
            "['high', 'low'].all(s, vulnerabilities.filter(v, v.severity == s).size() <= {'high': 1, 'low': 2}[s])",
            "[1, 2, 3].map(n, n * replicas).exists(n, n == 6) == (replicas == 2 || replicas == 3)",
            "{'a': replicas, 'b': 7}.exists(k, k == 'a')",
            "sets.difference(vulnerabilities.map(v, v.severity), ['low']).size() < 2",
            "replicas == 2 ? has(facts.coverage) : !has(facts.runbook)",
            "!has(facts.alerts) || facts.alerts.size() == alerts.size()",
            "10 / replicas > 3",
            "10 / replicas > 3 && replicas > 0",
            "10 / replicas > 3 || replicas == 0",
            "replicas > 0 && 10 / replicas > 3",
            "9223372036854775807 + replicas > 0",
            "entity.annotations['pagerduty.com/service-id'] == 'P1' || replicas > 1",
            "has(entity.annotations.nothing) || entity.tier <= 2 && entity.title == ''",
            "attested() && replicas > 1",
            "replicas > 1 || attested()",
            "replicas > 1 || unknown('nobody knows')",
            "attested() || unknown('nobody measures it')",
            "unknown('nobody measures it') && attested() || replicas == 2",
            "unknown('nobody knows') || unknown('nobody knows') || replicas == 2",
            "!attested() || replicas > 1",
            "attested() ? replicas > 1 : unknown('nobody measures it')",
            "unknown('nobody knows') || 10 / replicas > 3",
            "10 / replicas > 3 && unknown('nobody knows')",
            "vulnerabilities.all(v, v.severity == 'high' || attested())",
            "vulnerabilities.exists(v, v.severity == 'high' && unknown('nobody knows ' + v.item))",
            "vulnerabilities.all(v, v.severity == 'high' ? unknown('nobody knows ' + v.item) : v.item != '1')",
            "vulnerabilities.filter(v, v.severity == 'high' || attested()).size() > 1",
            "vulnerabilities.exists_one(v, v.severity == 'high' || attested())",
            "string(replicas) + string(coverage.newCode) != '2' && size(entity.name) > 3",
            "duration('1d') > duration('23h') && runbook.confirmedAt + duration('1d') > runbook.confirmedAt",
            "vulnerabilities.map(v, v.openedAt) == vulnerabilities.map(v, v.openedAt) && vulnerabilities.size() != 2",
            "vulnerabilities.exists(v, v.severity.upperAscii() == 'HIGH') || entity.name.split('y').size() > replicas",
            "entity.name.startsWith('pay') && entity.name.matches('^p.*s$') && entity.name.contains('ment')");

    private static final CompiledScorecard QUICK = compile(new Expressions(A.CATALOGUE));
    private static final CompiledScorecard SLOW = compile(new Expressions(A.CATALOGUE, _ -> Optional.empty()));

    private static final Plan.Late NEVER = new Plan.Late() {
        @Override
        public boolean within(Instant from, Duration span) {
            throw new AssertionError();
        }

        @Override
        public boolean attested() {
            throw new AssertionError();
        }
    };

    private static CompiledScorecard compile(Expressions expressions) {
        var rules = new java.util.ArrayList<RuleDefinition>();
        for (var i = 0; i < PLANNED.size(); i++) {
            rules.add(rule("rule-" + i, PLANNED.get(i))
                    .params(PARAMS)
                    .warn("vulnerabilities.size() > params.few")
                    .message("vulnerabilities.map(v, v.item + ' ' + v.severity).join(', ') + string(replicas)")
                    .build());
        }
        return new ScorecardCompiler(A.CATALOGUE, expressions, RuleListener.silent())
                .compile(A.scorecard(rules.toArray(RuleDefinition[]::new)), 1);
    }

    @Property(tries = 300)
    void givesWhatTheRuntimeGives(@ForAll("tellings") List<Telling> tellings, @ForAll("spans") Duration later) {
        var facts = Telling.told(tellings);
        var now = NOW.plus(later);
        assertThat(QUICK.evaluate(A.entity(), facts, now, null, Set.of()))
                .isEqualTo(SLOW.evaluate(A.entity(), facts, now, null, Set.of()));
    }

    @ParameterizedTest
    @FieldSource("PLANNED")
    void knows(String expression) throws FlawedExpression {
        assertThat(plan(expression)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"facts.?coverage.?newCode.orValue(1.0) > 0.5", "b'a' == b'a'"})
    void leavesToTheRuntime(String expression) throws FlawedExpression {
        assertThat(plan(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5 >= 1 && 2 < 2.5", "'a' < 'b' && 'b' >= 'a'", "2 > 1 && 0.5 <= 0.5"})
    void comparesWithoutAskingTheRuntimeForTheWhole(String expression) throws Exception {
        assertThat(plan(expression).orElseThrow().eval(_ -> Optional.empty(), NEVER))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown('nobody knows')",
                "unknown('nobody knows') && 2 > 1",
                "1 > 2 || unknown('nobody knows') || unknown('nobody knows')",
                "[1, 2].all(n, n > 0 && unknown('nobody knows'))"
            })
    void saysItselfThatThereIsNoAnswer(String expression) throws FlawedExpression {
        var plan = plan(expression).orElseThrow();
        assertThatThrownBy(() -> plan.eval(_ -> Optional.empty(), NEVER))
                .isInstanceOf(NoAnswer.class)
                .hasMessage("nobody knows");
    }

    @Test
    void asksWhichOfTwoReasonsCounts() throws FlawedExpression {
        var plan = plan("unknown('nobody knows') && unknown('nobody cares')").orElseThrow();
        assertThatThrownBy(() -> plan.eval(_ -> Optional.empty(), NEVER)).isInstanceOf(Plan.NotPlanned.class);
    }

    private static Optional<Plan> plan(String expression) throws FlawedExpression {
        return new Expressions(A.CATALOGUE)
                .compile(Expressions.Role.CHECK, expression, PARAMS)
                .plan();
    }

    @Provide
    Arbitrary<List<Telling>> tellings() {
        return Telling.some(IntStream.range(0, PLANNED.size())
                .filter(it -> it < 2 || PLANNED.get(it).contains("attested()"))
                .mapToObj(it -> "rule-" + it)
                .toArray(String[]::new));
    }

    @Provide
    Arbitrary<Duration> spans() {
        return Telling.spans();
    }
}

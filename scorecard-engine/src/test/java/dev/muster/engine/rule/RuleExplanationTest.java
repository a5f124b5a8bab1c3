package dev.muster.engine.rule;

import static dev.muster.engine.rule.A.NOW;
import static dev.muster.engine.rule.A.rule;
import static dev.muster.engine.rule.A.scorecard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.definition.AttestationTerms;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.rule.RuleExplanation.Asked;
import dev.muster.engine.rule.RuleExplanation.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RuleExplanationTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final ScorecardCompiler COMPILER = new ScorecardCompiler(A.CATALOGUE);

    private final KnownFacts facts = new KnownFacts();

    @Test
    void fillsInWhatIsCompared() {
        vulnerability("1", "critical", 9).vulnerability("2", "low", 2).vulnerability("3", "critical", 1);
        var explanation = explain(rule(
                        "few",
                        "vulnerabilities.filter(v, v.severity == 'critical').size() <= params.max"
                                + " && vulnerabilities.size() < 10")
                .params(Map.of("max", 5L))
                .tiers(Map.of(1, Map.of("max", 0L)))
                .build());
        assertThat(explanation.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(explanation.params()).containsOnly(Map.entry("max", "0"));
        assertThat(explanation.nextChangeAt()).isNull();
        assertThat(explanation.facts()).singleElement().satisfies(fact -> {
            assertThat(fact.name()).isEqualTo("vulnerabilities");
            assertThat(fact.value()).contains("severity: 'critical'", "severity: 'low'");
            assertThat(fact.observedAt()).isEqualTo(NOW);
            assertThat(fact.evidence())
                    .singleElement()
                    .satisfies(it -> assertThat(it.subject()).isEqualTo(KnownFacts.REPO));
        });
        var check = only(explanation);
        assertThat(check.key()).isEqualTo("check");
        assertThat(check.value()).isFalse();
        assertThat(check.filledIn()).isEqualTo("2 <= 0 && vulnerabilities.size() < 10");
        assertThat(check.parts())
                .startsWith(
                        new Part("vulnerabilities.filter(v, v.severity == 'critical').size() <= params.max", "false"),
                        new Part("vulnerabilities.filter(v, v.severity == 'critical').size()", "2"),
                        new Part("params.max", "0"))
                .extracting(Part::expression)
                .endsWith("vulnerabilities.filter(v, v.severity == 'critical')", "vulnerabilities");
    }

    @Test
    void fillsInWhatIsAskedOfTheClockAndSaysWhenThatChanges() {
        facts.set(
                "runbook", NOW, "{\"exists\":true,\"confirmedAt\":\"%s\"}".formatted(NOW.minus(DAY.multipliedBy(20))));
        var explanation = explain(rule("confirmed", "runbook.exists && within(runbook.confirmedAt, duration('30d'))")
                .warn("overdue(runbook.confirmedAt, portion(duration('30d'), 0.5))")
                .build());
        assertThat(explanation.outcome()).isEqualTo(Outcome.WARN);
        assertThat(explanation.nextChangeAt()).isEqualTo(NOW.plus(DAY.multipliedBy(10)));
        assertThat(explanation.expressions())
                .extracting(Asked::key, Asked::value, Asked::filledIn)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "check", true, "true && within(timestamp('2026-05-12T12:00:00Z'), duration('30d'))"),
                        org.assertj.core.groups.Tuple.tuple(
                                "warn", true, "overdue(timestamp('2026-05-12T12:00:00Z'), duration('15d'))"));
    }

    @Test
    void fillsInWhetherSomethingWasReported() {
        facts.set("coverage", NOW, "{\"newCode\":70.5}");
        assertThat(only(explain(rule("a", "!has(facts.alerts) && has(coverage.newCode) && !has(coverage.overall)")
                        .build())))
                .extracting(Asked::value, Asked::filledIn)
                .containsExactly(true, "!false && true && !false");
        assertThat(only(explain(rule("a", "facts.?coverage.?newCode.orValue(90.0) > 80.0")
                        .build())))
                .satisfies(it -> assertThat(it.filledIn()).isEqualTo("70.5 > 80.0"))
                .satisfies(it ->
                        assertThat(it.parts()).contains(new Part("facts.?coverage.?newCode", "optional.of(70.5)")));
        assertThat(only(explain(rule("a", "coverage.?overall.orValue(90.0) > 80.0 ? coverage.newCode > 80.0 : true")
                                .build()))
                        .filledIn())
                .isEqualTo("(90.0 > 80.0) ? (70.5 > 80.0) : true");
    }

    @Test
    void showsALoopFromOutsideOnly() {
        vulnerability("1", "critical", 9).vulnerability("2", "low", 2);
        var check = only(explain(
                rule("a", "vulnerabilities.all(v, v.severity != 'critical' || within(v.openedAt, duration('7d')))")
                        .build()));
        assertThat(check.filledIn()).isEqualTo("false");
        assertThat(check.parts()).extracting(Part::expression).endsWith("vulnerabilities");
    }

    @Test
    void namesTheItemThatDecidedALoop() {
        vulnerability("1", "low", 1).vulnerability("2", "critical", 9).vulnerability("3", "critical", 99);
        var question = "v.severity != 'critical' || within(v.openedAt, duration('7d'))";
        var check = only(explain(
                rule("a", "vulnerabilities.all(v, " + question + ") && vulnerabilities.exists(w, w.severity == 'none')")
                        .build()));
        assertThat(check.filledIn()).isEqualTo("false && vulnerabilities.exists(w, w.severity == 'none')");
        assertThat(check.parts())
                .satisfiesExactly(
                        part -> assertThat(part.value()).isEqualTo("false"),
                        part -> assertThat(part)
                                .isEqualTo(new Part(
                                        "v",
                                        "{item: '2', openedAt: timestamp('2026-05-23T12:00:00Z'),"
                                                + " severity: 'critical', subject: 'repo:github.com/acme/payments'}")),
                        part -> assertThat(part)
                                .isEqualTo(
                                        new Part(
                                                question,
                                                "'critical' != 'critical' || within(timestamp('2026-05-23T12:00:00Z'), duration('7d'))")),
                        part -> assertThat(part.expression()).isEqualTo("vulnerabilities"));

        assertThat(only(explain(rule(
                                        "a",
                                        "vulnerabilities.all(v, v.severity != 'critical' && within(v.openedAt, duration('7d')))")
                                .build()))
                        .parts())
                .extracting(Part::value)
                .contains("'critical' != 'critical' && within(v.openedAt, duration('7d'))");

        var exists = "vulnerabilities.exists(v, v.severity == 'low' && alerts.all(a, a.name != v.item))";
        facts.none("alerts", NOW).upsert("alerts", "a", NOW, "{\"name\":\"9\"}");
        assertThat(only(explain(rule("a", exists).build())).parts())
                .contains(new Part("v.severity == 'low' && alerts.all(a, a.name != v.item)", "'low' == 'low' && true"));
        assertThat(only(explain(rule("a", "vulnerabilities.exists(v, v.severity == 'none')")
                                .build()))
                        .parts())
                .extracting(Part::expression)
                .containsExactly("vulnerabilities");
    }

    @Test
    void isWrittenAsJson() {
        facts.set("replicas", NOW, "1");
        var explanation = explain(rule("a", "replicas > params.min")
                .params(Map.of("min", 1L, "a", "b"))
                .build());
        assertThat(JsonMapper.shared().writeValueAsString(explanation)).isEqualTo("""
                {"rule":"a","outcome":"FAIL","message":"not so: Title of a","nextChangeAt":"2026-06-01T13:00:00Z",\
                "params":{"a":"'b'","min":"1"},\
                "facts":[{"name":"replicas","value":"1","observedAt":"2026-06-01T12:00:00Z","evidence":[{"fact":"replicas",\
                "subject":"repo:github.com/acme/payments","observedAt":"2026-06-01T12:00:00Z","source":"test",\
                "url":"https://example.org/1"}]}],\
                "expressions":[{"key":"check","expression":"replicas > params.min","value":false,"filledIn":"1 > 1",\
                "parts":[{"expression":"replicas","value":"1"},{"expression":"params.min","value":"1"}]}]}""");
    }

    @Test
    void showsEntityListsAndTexts() {
        var check = only(explain(rule(
                        "a",
                        "'pci' in entity.tags && entity.ref.startsWith('component:')"
                                + " && sets.difference(entity.tags, ['java']) == ['pci']")
                .build()));
        assertThat(check.filledIn())
                .isEqualTo("'pci' in ['java', 'pci'] && 'component:default/payments'.startsWith('component:')"
                        + " && ['pci'] == ['pci']");
        assertThat(check.parts()).contains(new Part("entity.tags", "['java', 'pci']"));
    }

    @Test
    void saysWhatWasNotAsked() {
        var check = "replicas > 1";
        var notHere = explain(rule("a", check).appliesTo("entity.tier > 2").build());
        assertThat(notHere.outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
        assertThat(notHere.expressions())
                .containsExactly(
                        new Asked(
                                "appliesTo", "entity.tier > 2", false, "1 > 2", List.of(new Part("entity.tier", "1"))),
                        new Asked("check", check, null, null, List.of()));
        var unknown = explain(rule("a", check).build());
        assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(unknown.facts()).containsExactly(new RuleExplanation.Fact("replicas", null, null, List.of()));
        assertThat(only(unknown)).isEqualTo(new Asked("check", check, null, null, List.of()));

        facts.own("exemptions", "e-1", """
                {"rule":"a","state":"approved","reason":"it is due","expires":"%s"}""".formatted(NOW.plus(DAY)));
        var exempt = explain(rule("a", check).build());
        assertThat(exempt.outcome()).isEqualTo(Outcome.EXEMPT);
        assertThat(exempt.nextChangeAt()).isEqualTo(NOW.plus(DAY));
        assertThat(exempt.facts()).extracting(RuleExplanation.Fact::name).containsExactly("exemptions", "replicas");
    }

    @Test
    void showsHowFarItCameBeforeThereWasNoAnswer() {
        facts.set("replicas", NOW, "2").none("vulnerabilities", NOW);
        assertThat(explain(rule("a", "replicas > 1 && unknown('nobody said ' + string(replicas))")
                        .build()))
                .satisfies(it -> assertThat(it.outcome()).isEqualTo(Outcome.UNKNOWN))
                .satisfies(it -> assertThat(only(it))
                        .extracting(Asked::value, Asked::filledIn)
                        .containsExactly(null, "2 > 1 && unknown('nobody said 2')"));
        assertThat(explain(rule("a", "percent(vulnerabilities.size(), vulnerabilities.size() * replicas) > 1.0")
                        .build()))
                .satisfies(it -> assertThat(it.outcome()).isEqualTo(Outcome.UNKNOWN))
                .satisfies(it -> assertThat(only(it).filledIn()).isEqualTo("percent(0, 0) > 1.0"));
        assertThat(explain(rule("a", "attested() && replicas > 1")
                        .attestation(AttestationTerms.USUAL)
                        .build()))
                .satisfies(it -> assertThat(it.outcome()).isEqualTo(Outcome.UNKNOWN))
                .satisfies(it -> assertThat(only(it).filledIn()).isEqualTo("attested() && 2 > 1"));
        assertThat(explain(rule("a", "1 / (replicas - 2) > 1").build()))
                .satisfies(it -> assertThat(it.outcome()).isEqualTo(Outcome.ERROR))
                .satisfies(it -> assertThat(only(it).filledIn()).isEqualTo("1 / 0 > 1"));
    }

    @Test
    void explainsARuleThatDoesNotCompile() {
        var explanation = explain(rule("a", "nothing.at.all").build());
        assertThat(explanation.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(only(explanation)).isEqualTo(new Asked("check", "nothing.at.all", null, null, List.of()));
    }

    @Test
    void isBoundedWhateverTheFactsAre() {
        for (var i = 0; i < 3_000; i++) {
            facts.upsert(
                    "alerts",
                    "a" + i,
                    NOW,
                    "{\"name\":\"%s\"}".formatted("\\n\u20ac\ud83d\ude00".repeat(i < 30 ? 200 : 0)));
        }
        var many = IntStream.range(0, 12)
                .mapToObj(
                        "alerts.map(a, a.name).join(', ').size() > %1$d && alerts.map(a, a.name + '%1$d') != []"
                                ::formatted)
                .toList();
        var explanation = explain(rule("a", String.join(" && ", many)).build());
        assertThat(explanation.outcome()).as(explanation.message()).isEqualTo(Outcome.PASS);
        var check = only(explanation);
        assertThat(check.filledIn()).hasSizeLessThanOrEqualTo(RuleExplanation.LONGEST_FILLED_IN);
        assertThat(check.parts()).hasSize(RuleExplanation.MOST_PARTS);
        assertThat(check.parts()).allSatisfy(it -> {
            assertThat(it.value()).hasSizeLessThanOrEqualTo(RuleExplanation.LONGEST_VALUE);
            assertThat(it.expression()).hasSizeLessThanOrEqualTo(RuleExplanation.LONGEST_VALUE);
        });
        assertThat(explanation.facts().getFirst().value()).hasSizeLessThanOrEqualTo(RuleExplanation.LONGEST_VALUE);

        var tooMuch = explain(rule("a", "alerts.all(a, alerts.all(b, alerts.all(c, c.name != 'x')))")
                .build());
        assertThat(tooMuch.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(only(tooMuch).parts()).extracting(Part::expression).containsExactly("alerts");
    }

    @Test
    void letsABrokenStoreThrough() {
        var compiled = COMPILER.compile(scorecard(rule("a", "replicas > 1").build()), 1);
        assertThatThrownBy(() -> compiled.explain(
                        A.entity(),
                        _ -> {
                            throw new IllegalStateException("closed");
                        },
                        NOW,
                        Set.of("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("closed");
        assertThat(compiled.explain(A.entity(), facts, NOW, Set.of("b"))).isEmpty();
    }

    /// Values are written as expressions, so that what is filled in can be asked again.
    @Property(tries = 60)
    void whatIsFilledInHasTheAnswerThatTheRuleHas(
            @ForAll("checks") String check, @ForAll("known") KnownFacts known, @ForAll("tiers") int tier) {
        var rule = rule("a", check)
                .params(Map.of("max", 1L, "limit", "5d"))
                .tiers(Map.of(2, Map.of("max", 2L)))
                .warn("replicas < params.max")
                .build();
        var compiled = COMPILER.compile(scorecard(rule), 1);
        var outcome = compiled.evaluate(A.entity(tier), known, NOW, null, Set.of())
                .rules()
                .getFirst();
        var explanation =
                compiled.explain(A.entity(tier), known, NOW, compiled.rules()).getFirst();
        assertThat(explanation.outcome()).isEqualTo(outcome.outcome());
        assertThat(explanation.message()).isEqualTo(outcome.message());
        assertThat(explanation.nextChangeAt()).isEqualTo(outcome.nextChangeAt());
        var asked = explanation.expressions().getFirst();
        if (outcome.outcome().decided()) {
            assertThat(asked.value()).isEqualTo(outcome.outcome().passed());
            assertThat(again(asked.filledIn(), known))
                    .isEqualTo(outcome.outcome().passed());
        }
        var warn = explanation.expressions().getLast();
        if (outcome.outcome().passed()) {
            assertThat(warn.value()).isEqualTo(outcome.outcome() == Outcome.WARN);
            assertThat(again(warn.filledIn(), known)).isEqualTo(warn.value());
        }
    }

    private static boolean again(String filledIn, KnownFacts known) {
        var rule = rule("again", "(has(facts.coverage) || true) && (" + filledIn + ")")
                .params(Map.of("max", 1L, "limit", "5d"))
                .build();
        var outcome = COMPILER.compile(scorecard(rule), 1)
                .evaluate(A.entity(), known, NOW, null, Set.of())
                .rules()
                .getFirst();
        assertThat(outcome.outcome().decided())
                .as(filledIn + ": " + outcome.message())
                .isTrue();
        return outcome.outcome().passed();
    }

    @Provide
    Arbitrary<String> checks() {
        var simple = Arbitraries.of(
                "replicas >= params.max",
                "replicas * 2 - 3 != -1",
                "replicas in [0, 2]",
                "vulnerabilities.size() <= params.max",
                "vulnerabilities.filter(v, v.severity == 'high').size() == 0",
                "vulnerabilities.all(v, within(v.openedAt, duration(params.limit)))",
                "vulnerabilities.exists(v, v.severity == 'high' && overdue(v.openedAt, duration('3d')))",
                "vulnerabilities.map(v, v.severity).join(\"+\").contains('high')",
                "vulnerabilities.map(v, v.severity) == ['it\\'s', 'high']",
                "has(facts.coverage)",
                "has(coverage.newCode) && coverage.newCode >= 50.0",
                "coverage.?newCode.orValue(50.0) > 49.9",
                "percent(vulnerabilities.filter(v, v.severity == 'high').size(), vulnerabilities.size()) < 50.0",
                "within(runbook.confirmedAt, duration('4d'))",
                "overdue(runbook.confirmedAt, portion(duration(params.limit), 0.5))",
                "runbook.confirmedAt > timestamp('2026-05-30T00:00:00Z')",
                "runbook.exists",
                "!runbook.exists",
                "entity.tier == 2 && 'pci' in entity.tags",
                "sets.intersects(entity.tags, vulnerabilities.map(v, v.severity))");
        return Combinators.combine(
                        simple,
                        simple,
                        simple,
                        Arbitraries.of(
                                "%s",
                                "%s && %s",
                                "%s || %s",
                                "!(%s) || %s && %s",
                                "(%s) ? (%s) : (%s)",
                                "((%s) == (%s)) && %s"))
                .as((one, two, three, shape) -> shape.formatted(one, two, three));
    }

    @Provide
    Arbitrary<Integer> tiers() {
        return Arbitraries.integers().between(1, 3);
    }

    @Provide
    Arbitrary<KnownFacts> known() {
        var days = Arbitraries.integers().between(0, 8);
        var vulnerability = Combinators.combine(Arbitraries.of("it\\u0027s", "high", "a\\\\b\\n"), days)
                .as((severity, day) -> "{\"severity\":\"%s\",\"openedAt\":\"%s\"}"
                        .formatted(severity, NOW.minus(DAY.multipliedBy(day))));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        vulnerability.list().ofMaxSize(3),
                        Arbitraries.of("{}", "{\"newCode\":50}", "{\"newCode\":12.5}", ""),
                        days,
                        Arbitraries.of(true, false))
                .as((replicas, vulnerabilities, coverage, confirmed, exists) -> {
                    var known = new KnownFacts().set("replicas", NOW, String.valueOf(replicas));
                    known.none("vulnerabilities", NOW.minus(DAY));
                    for (var i = 0; i < vulnerabilities.size(); i++) {
                        known.upsert("vulnerabilities", "v" + i, NOW, vulnerabilities.get(i));
                    }
                    if (!coverage.isEmpty()) {
                        known.set("coverage", NOW, coverage);
                    }
                    return known.set(
                            "runbook",
                            NOW,
                            "{\"exists\":%s,\"confirmedAt\":\"%s\"}"
                                    .formatted(exists, NOW.minus(DAY.multipliedBy(confirmed))));
                });
    }

    private RuleExplanation explain(RuleDefinition rule) {
        return COMPILER.compile(scorecard(rule), 1)
                .explain(A.entity(), facts, NOW, Set.of(rule.id()))
                .getFirst();
    }

    private static Asked only(RuleExplanation explanation) {
        assertThat(explanation.expressions()).hasSize(1);
        return explanation.expressions().getFirst();
    }

    private RuleExplanationTest vulnerability(String item, String severity, int days) {
        facts.upsert(
                "vulnerabilities",
                item,
                NOW,
                "{\"severity\":\"%s\",\"openedAt\":\"%s\"}".formatted(severity, NOW.minus(DAY.multipliedBy(days))));
        return this;
    }
}

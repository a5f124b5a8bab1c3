package dev.muster.engine.rule;

import static dev.muster.engine.rule.A.NOW;
import static dev.muster.engine.rule.A.rule;
import static dev.muster.engine.rule.A.scorecard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.definition.AttestationTerms;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledScorecardTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String CRITICAL =
            "vulnerabilities.filter(v, v.severity == 'critical').size() <= params.maxCritical";

    private final List<String> evaluated = new ArrayList<>();
    private final ScorecardCompiler compiler = new ScorecardCompiler(A.CATALOGUE, (_, rule) -> evaluated.add(rule));
    private final KnownFacts facts = new KnownFacts();

    @Test
    void failsWithTheMessageAndTheEvidence() {
        facts.upsert("vulnerabilities", "dependabot/1", NOW.minus(DAY), vulnerability("critical", NOW.minus(DAY)));
        var outcome = judge(rule("max", CRITICAL)
                .params(Map.of("maxCritical", 0L))
                .message("counted(vulnerabilities.size(), 'vulnerability is', 'vulnerabilities are') + ' open (max '"
                        + " + string(params.maxCritical) + ')'")
                .build());
        assertThat(outcome.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(outcome.message()).isEqualTo("1 vulnerability is open (max 0)");
        assertThat(outcome.evidence()).singleElement().satisfies(evidence -> {
            assertThat(evidence.fact()).isEqualTo("vulnerabilities");
            assertThat(evidence.subject()).isEqualTo(KnownFacts.REPO);
            assertThat(evidence.observedAt()).isEqualTo(NOW.minus(DAY));
        });
        assertThat(outcome.since()).isEqualTo(NOW);
        assertThat(outcome.nextChangeAt()).isNull();
    }

    @Test
    void passesWarnsAndMakesAMessageWhereTheRuleHasNone() {
        facts.set("replicas", NOW, "2");
        assertThat(judge(rule("a", "replicas >= 2").build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.PASS, "Title of a");
        assertThat(judge(rule("a", "replicas >= 2").warn("replicas < 3").build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.WARN, "only just: Title of a");
        assertThat(judge(rule("a", "replicas >= 3").warn("true").build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.FAIL, "not so: Title of a");
    }

    @Test
    void isUnknownWhenAFactWasNeverReported() {
        assertThat(judge(rule("a", "coverage.newCode > 1.0").build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.UNKNOWN, "nothing has reported coverage yet");
        facts.none("vulnerabilities", NOW);
        assertThat(judge(rule("a", "vulnerabilities.size() == 0").build()).outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void doesWithoutAReportWhenTheRuleAsks() {
        assertThat(judge(rule("a", "!has(coverage.newCode)").build()).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(rule("a", "!has(facts.alerts) || alerts.size() > 0").build())
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(rule("a", "facts.?coverage.?newCode.orValue(90.0) > 80.0")
                                .build())
                        .outcome())
                .isEqualTo(Outcome.PASS);
        facts.set("coverage", NOW, "{\"newCode\":70}");
        assertThat(judge(rule("a", "facts.?coverage.?newCode.orValue(90.0) > 80.0")
                                .build())
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(judge(rule("a", "has(facts.coverage) && !has(coverage.overall)")
                                .build())
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void saysThatItDoesNotKnow() {
        var rule = rule("a", "has(facts.alerts) || has(facts.replicas) ? alerts.size() == 0 : unknown('nobody told')");
        assertThat(judge(rule.build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.UNKNOWN, "nobody told");
        facts.set("replicas", NOW, "1");
        assertThat(judge(rule.build()).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void letsABrokenStoreThroughAndMakesNoOutcomeOfIt() {
        var broken = new IllegalStateException("the store is closed");
        for (var check : List.of("replicas > 1", "has(facts.alerts)", "coverage.?newCode.orValue(1.0) > 0.0")) {
            var compiled = compiler.compile(
                    scorecard(rule("a", check).message("string(alerts.size())").build()), 1);
            for (var fails : List.of("replicas", "alerts", "coverage", "exemptions")) {
                if (compiled.rulesReading(fails).isEmpty()) {
                    continue;
                }
                assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> compiled.evaluate(
                                A.entity(),
                                fact -> {
                                    if (fact.equals(fails)) {
                                        throw broken;
                                    }
                                    return new KnownFacts()
                                            .set("replicas", NOW, "1")
                                            .of(fact);
                                },
                                NOW,
                                null,
                                Set.of())))
                        .as(check + " without " + fails)
                        .isSameAs(broken);
            }
        }
    }

    @Test
    void takesParamsAsJsonHasThem() {
        facts.set("coverage", NOW, "{\"newCode\":80}");
        var rule = rule("a", "coverage.newCode >= params.min && params.most == 3 && 'b' in params.names")
                .params(Map.of("min", new java.math.BigDecimal("79.5"), "most", 3, "names", List.of("a", "b")));
        assertThat(judge(rule.build()).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void writesNumbersAsPeopleDo() {
        facts.set("coverage", NOW, "{\"newCode\":80,\"overall\":71.5}");
        assertThat(judge(rule("a", "true || has(coverage.newCode)")
                                .message(
                                        "string(coverage.newCode) + ' ' + string(coverage.overall) + ' ' + string(1000000.0)"
                                                + " + ' ' + string(7) + ' ' + string(true) + ' ' + string(duration('7d'))")
                                .build())
                        .message())
                .isEqualTo("80 71.5 1000000 7 true 604800s");
    }

    @Test
    void readsAbsentFieldsAsTheZeroOfTheirType() {
        facts.set("runbook", NOW, "{}");
        assertThat(judge(rule(
                                        "a",
                                        "!runbook.exists && runbook.pages == 0 && runbook.reviewers.size() == 0"
                                                + " && runbook.confirmedAt == timestamp('1970-01-01T00:00:00Z')")
                                .build())
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void doesNotApplyWhereTheFilterSaysSo() {
        assertThat(judge(rule("a", "coverage.newCode > 1.0")
                        .appliesTo("entity.tier > params.tier\n  && 'ui' in entity.traits")
                        .params(Map.of("tier", 1L))
                        .build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt, RuleOutcome::message)
                .containsExactly(
                        Outcome.NOT_APPLICABLE,
                        null,
                        "applies where entity.tier > params.tier && 'ui' in entity.traits; here tier is 1 and traits is"
                                + " empty");
    }

    @Test
    void countsFromItsInstantOn() {
        facts.set("replicas", NOW, "2");
        var later = rule("a", "replicas >= 2")
                .fresh(Duration.ofDays(7))
                .effectiveFrom("2026-06-02T00:00:00Z")
                .build();
        assertThat(judge(later))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt)
                .containsExactly(Outcome.NOT_APPLICABLE, Instant.parse("2026-06-02T00:00:00Z"));
        assertThat(judgeAt(Instant.parse("2026-06-01T23:59:59.999Z"), later).outcome())
                .isEqualTo(Outcome.NOT_APPLICABLE);
        assertThat(judgeAt(Instant.parse("2026-06-02T00:00:00Z"), later).outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(rule("a", "replicas >= 2")
                                .effectiveFrom("2026-06-01T12:00:00Z")
                                .build())
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void saysWhatARuleThatCountsLaterWouldBeAndScoresNothing() {
        facts.upsert("vulnerabilities", "dependabot/1", NOW.minus(DAY), vulnerability("critical", NOW.minus(DAY)));
        var later = rule("max", CRITICAL)
                .params(Map.of("maxCritical", 0L))
                .message("counted(vulnerabilities.size(), 'vulnerability is', 'vulnerabilities are') + ' open'")
                .effectiveFrom("2026-12-01T00:00:00Z")
                .build();
        var result = evaluate(NOW, later);
        assertThat(result.rules().getFirst())
                .extracting(RuleOutcome::outcome, RuleOutcome::message, RuleOutcome::nextChangeAt)
                .containsExactly(
                        Outcome.NOT_APPLICABLE,
                        "counts from 2026-12-01T00:00:00Z on; as of now it would FAIL: 1 vulnerability is open",
                        Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(result.rules().getFirst().evidence()).hasSize(1);
        assertThat(result.coverage()).as("nothing is decided").isZero();
        assertThat(judgeAt(Instant.parse("2026-12-01T00:00:00Z"), later))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.FAIL, "1 vulnerability is open");
    }

    @Test
    void changesWhatARuleThatCountsLaterWouldBeAtItsOwnInstants() {
        facts.set("runbook", NOW, "{\"confirmedAt\":\"%s\"}".formatted(NOW));
        var later = rule("a", "within(runbook.confirmedAt, duration('24h'))")
                .effectiveFrom("2026-06-03T00:00:00Z")
                .build();
        assertThat(judge(later))
                .extracting(RuleOutcome::message, RuleOutcome::nextChangeAt)
                .containsExactly(
                        "counts from 2026-06-03T00:00:00Z on; as of now it would PASS: Title of a", NOW.plus(DAY));
        assertThat(judgeAt(NOW.plus(DAY), later))
                .extracting(RuleOutcome::message, RuleOutcome::nextChangeAt)
                .containsExactly(
                        "counts from 2026-06-03T00:00:00Z on; as of now it would FAIL: not so: Title of a",
                        Instant.parse("2026-06-03T00:00:00Z"));
    }

    @Test
    void saysWhyARuleThatCountsLaterHasNoAnswerYet() {
        var from = "counts from 2026-06-03T00:00:00Z on; as of now it would be ";
        assertThat(ahead("replicas >= 2")).isEqualTo(from + "UNKNOWN: nothing has reported replicas yet");
        assertThat(ahead("attested()")).isEqualTo(from + "UNKNOWN: nobody has attested it yet; its owner can");
        facts.set("replicas", NOW.minus(Duration.ofHours(2)), "2");
        assertThat(ahead("replicas >= 2"))
                .isEqualTo(from + "STALE: the last report of replicas is of 2026-06-01T10:00:00Z, and counts for 1h");
        facts.set("runbook", NOW, "{\"pages\":0}");
        assertThat(ahead("1 / runbook.pages == 1")).startsWith(from + "ERROR: ");
        facts.own("exemptions", "e1", exemption("a", "", "approved", NOW.plus(DAY)));
        assertThat(ahead("replicas >= 2")).startsWith(from + "EXEMPT: exempt until 2026-06-02T12:00:00Z");
    }

    /// The message of a rule that counts later; whatever it would be, it counts at that instant.
    private String ahead(String check) {
        var outcome =
                judge(rule("a", check).effectiveFrom("2026-06-03T00:00:00Z").build());
        assertThat(outcome.outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
        assertThat(outcome.nextChangeAt())
                .isIn(Instant.parse("2026-06-03T00:00:00Z"), NOW.plus(DAY))
                .isNotNull();
        return outcome.message();
    }

    @Test
    void becomesStaleAtTheInstantAtWhichEvidenceIsTooOld() {
        facts.set("coverage", NOW.minus(Duration.ofDays(14)).plusSeconds(1), "{\"newCode\":90}");
        var rule =
                rule("a", "coverage.newCode > 80.0").fresh(Duration.ofDays(14)).build();
        assertThat(judge(rule))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt)
                .containsExactly(Outcome.PASS, NOW.plusSeconds(1));
        assertThat(judgeAt(NOW.plusSeconds(1), rule))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt, RuleOutcome::message)
                .containsExactly(
                        Outcome.STALE,
                        null,
                        "the last report of coverage is of 2026-05-18T12:00:01Z, and counts for 14d");
    }

    @Test
    void takesTheFactsOwnMaximumAgeWhenTheRuleHasNone() {
        facts.set("replicas", NOW.minus(Duration.ofMinutes(59)), "2");
        assertThat(judge(rule("a", "replicas >= 2").build()).nextChangeAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(judgeAt(NOW.plusSeconds(60), rule("a", "replicas >= 2").build())
                        .outcome())
                .isEqualTo(Outcome.STALE);
    }

    @Test
    void flipsByTheClockAtExactlyTheDeadline() {
        facts.upsert("vulnerabilities", "1", NOW, vulnerability("high", NOW.minus(Duration.ofDays(2))));
        facts.upsert("vulnerabilities", "2", NOW, vulnerability("high", NOW.minus(Duration.ofDays(5))));
        var rule = rule("a", "!vulnerabilities.exists(v, overdue(v.openedAt, duration('7d')))")
                .build();
        assertThat(judge(rule))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt)
                .containsExactly(Outcome.PASS, NOW.plus(Duration.ofDays(2)));
        assertThat(judgeAt(NOW.plus(Duration.ofDays(2)).minusMillis(1), rule).outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judgeAt(NOW.plus(Duration.ofDays(2)), rule).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judgeAt(NOW.plus(Duration.ofDays(7)), rule).nextChangeAt()).isNull();
    }

    @Test
    void roundsADeadlineUpToWhatTravels() {
        facts.upsert("vulnerabilities", "1", NOW, vulnerability("high", NOW.plusNanos(1)));
        var rule = rule("a", "vulnerabilities.all(v, within(v.openedAt, duration('1s')))")
                .build();
        assertThat(judge(rule).nextChangeAt()).isEqualTo(NOW.plusMillis(1001));
        assertThat(judgeAt(NOW.plusMillis(1000), rule).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judgeAt(NOW.plusMillis(1001), rule).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void survivesTimesThatCannotBe() {
        for (var time : List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1969-01-01T00:00:00Z")) {
            facts.upsert("vulnerabilities", "1", NOW, "{\"openedAt\":\"" + time + "\"}");
            var outcome = judge(rule(
                            "a",
                            "vulnerabilities.all(v, within(v.openedAt, duration('3650000d')) ||"
                                    + " overdue(v.openedAt, duration('-3650000d')))")
                    .build());
            assertThat(outcome.outcome()).isIn(Outcome.PASS, Outcome.FAIL);
        }
    }

    @Test
    void isExemptUntilTheExemptionEnds() {
        facts.set("replicas", NOW, "1");
        facts.own("exemptions", "e1", exemption("a", "", "approved", NOW.plus(DAY)));
        assertThat(judge(rule("a", "replicas >= 2").build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt, RuleOutcome::message)
                .containsExactly(
                        Outcome.EXEMPT, NOW.plus(DAY), "exempt until 2026-06-02T12:00:00Z, approved by ann: migration");
        assertThat(judge(rule("b", "replicas >= 2").build()).outcome()).isEqualTo(Outcome.FAIL);
        facts.set("replicas", NOW.plus(DAY), "1");
        assertThat(judgeAt(NOW.plus(DAY), rule("a", "replicas >= 2").build()).outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void listensOnlyToApprovedExemptionsWithAnEndThatWereToldAboutTheEntityItself() {
        facts.set("replicas", NOW, "1");
        facts.own("exemptions", "e1", exemption("a", "", "requested", NOW.plus(DAY)));
        facts.own("exemptions", "e2", "{\"rule\":\"a\",\"state\":\"approved\"}");
        facts.upsert("exemptions", "e3", NOW, exemption("a", "", "approved", NOW.plus(DAY)));
        facts.own("exemptions", "e4", exemption("other/a", "", "approved", NOW.plus(DAY)));
        assertThat(judge(rule("a", "replicas >= 2").build()).outcome()).isEqualTo(Outcome.FAIL);
        facts.own("exemptions", "e5", exemption("readiness/a", "", "approved", NOW.plus(DAY)));
        assertThat(judge(rule("a", "replicas >= 2").build()).outcome()).isEqualTo(Outcome.EXEMPT);
    }

    @Test
    void leavesOutOnlyTheFindingThatIsExempt() {
        facts.upsert("vulnerabilities", "dependabot/1", NOW, "{\"id\":\"CVE-1\",\"severity\":\"critical\"}");
        facts.upsert("vulnerabilities", "dependabot/2", NOW, "{\"id\":\"CVE-2\",\"severity\":\"critical\"}");
        facts.own("exemptions", "e1", exemption("a", "CVE-1", "approved", NOW.plus(DAY)));
        var rule = rule("a", "vulnerabilities.size() == 0").build();
        assertThat(judge(rule))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt)
                .containsExactly(Outcome.FAIL, NOW.plus(DAY));
        facts.own("exemptions", "e2", exemption("a", "dependabot/2", "approved", NOW.plus(DAY.multipliedBy(2))));
        assertThat(judge(rule))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt)
                .containsExactly(Outcome.PASS, NOW.plus(DAY));
        assertThat(judge(rule("b", "facts.vulnerabilities.size() == 0").build()).outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void letsAnAttestationStandInForMissingAndOldEvidence() {
        var rule = rule("a", "coverage.newCode > 80.0").fresh(DAY).build();
        facts.own(
                "attestations",
                "1",
                "{\"rule\":\"a\",\"by\":\"ann\",\"evidence\":\"looked\",\"expires\":\"" + NOW.plus(DAY) + "\"}");
        assertThat(judge(rule))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt, RuleOutcome::message)
                .containsExactly(Outcome.PASS, NOW.plus(DAY), "attested until 2026-06-02T12:00:00Z, by ann: looked");
        assertThat(judgeAt(NOW.plus(DAY), rule))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt, RuleOutcome::message)
                .containsExactly(
                        Outcome.STALE, null, "the attestation has ended, and nothing has reported coverage yet");
        facts.set("coverage", NOW.minus(DAY), "{\"newCode\":10}");
        assertThat(judge(rule).outcome()).isEqualTo(Outcome.PASS);
        facts.set("coverage", NOW, "{\"newCode\":10}");
        assertThat(judge(rule).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void asksForAnAttestationBesidesTheFacts() {
        var rule = rule("a", "replicas >= 2 && attested()")
                .attestation(new AttestationTerms(Set.of("owner", "security"), DAY.multipliedBy(30)))
                .build();
        facts.own("attestations", "1", attestation("a", NOW.minus(DAY), NOW.plus(DAY)));
        assertThat(judge(rule))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.UNKNOWN, "nothing has reported replicas yet");
        facts.set("replicas", NOW, "1");
        assertThat(judge(rule).outcome()).isEqualTo(Outcome.FAIL);
        facts.set("replicas", NOW, "2");
        assertThat(judge(rule))
                .extracting(RuleOutcome::outcome, outcome -> outcome.evidence().size())
                .containsExactly(Outcome.PASS, 2);
        assertThat(judge(rule("b", "replicas >= 2 && attested()")
                        .attestation(new AttestationTerms(Set.of("owner", "security"), DAY))
                        .build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(
                        Outcome.UNKNOWN,
                        "nobody has attested it yet; its owner or somebody with the duty security can");
    }

    @Test
    void endsAnAttestationWithThePeriodThatTheRuleGrants() {
        var rule = rule("a", "attested()")
                .attestation(new AttestationTerms(Set.of("security"), DAY.multipliedBy(3)))
                .build();
        facts.own("attestations", "1", attestation("a", NOW.minus(DAY), NOW.plus(DAY.multipliedBy(99))));
        assertThat(judge(rule))
                .extracting(RuleOutcome::outcome, RuleOutcome::nextChangeAt)
                .containsExactly(Outcome.PASS, NOW.plus(DAY.multipliedBy(2)));
        assertThat(judgeAt(NOW.plus(DAY.multipliedBy(2)), rule))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.STALE, "the attestation has ended; somebody with the duty security can");
    }

    @Test
    void takesTheParamsOfTheTier() {
        facts.set("replicas", NOW, "2");
        var rule = rule("a", "replicas >= params.min")
                .params(Map.of("min", 2L, "max", 9L))
                .tiers(Map.of(1, Map.of("min", 3)))
                .build();
        var scorecard = compiler.compile(scorecard(rule), 1);
        assertThat(List.of(1, 2, 9))
                .extracting(tier -> scorecard
                        .evaluate(A.entity(tier), facts, NOW, null, Set.of())
                        .rules()
                        .getFirst()
                        .outcome())
                .containsExactly(Outcome.FAIL, Outcome.PASS, Outcome.PASS);
    }

    @Test
    void becomesAnErrorWithItsReasonWhenTheRuleBreaks() {
        facts.set("replicas", NOW, "0");
        assertThat(judge(rule("a", "10 / replicas > 1").build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.ERROR, "/ by zero");
        assertThat(judge(rule("a", "entity.annotations['absent'] == 'x' && replicas == 0")
                                .build())
                        .outcome())
                .isEqualTo(Outcome.ERROR);
        assertThat(judge(rule("a", "coverag.newCode > 1.0").build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(
                        Outcome.ERROR,
                        "the rule does not fit its facts: unknown fact 'coverag'; did you mean 'coverage'?");
    }

    @Test
    void aMessageKnowsTheOutcomeThatItIsOf() {
        var few = rule("a", "replicas >= 2").warn("replicas < 4").message("outcome + ' with ' + string(replicas)");
        for (var told : List.of("1 FAIL", "3 WARN", "4 PASS")) {
            var words = told.split(" ", -1);
            facts.set("replicas", NOW, words[0]);
            assertThat(judge(few.build()).message()).isEqualTo(words[1] + " with " + words[0]);
        }
        assertThat(judge(rule("a", "outcome == 'PASS'").build()).outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void keepsTheOutcomeWhenOnlyTheMessageBreaks() {
        facts.set("replicas", NOW, "0");
        assertThat(judge(rule("a", "replicas == 0")
                        .message("string(1 / replicas)")
                        .build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.PASS, "Title of a (its message broke: / by zero)");
    }

    @Test
    void stopsWhatWouldNotEnd() {
        for (var i = 0; i < 2_000; i++) {
            facts.upsert("alerts", "a" + i, NOW, "{\"name\":\"alert " + i + "\"}");
        }
        assertThat(judge(rule("a", "alerts.all(a, alerts.exists(b, alerts.exists(c, c.name == a.name + b.name)))")
                        .build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.ERROR, "the expression was stopped: it took more than 100000 steps");
        assertThat(judge(rule("a", "alerts.all(a, !(a in alerts) || !(a in alerts) || !(a.name == 'x' || a in alerts))")
                                .build())
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(judge(rule("a", "!alerts.exists(a, alerts.filter(b, b.name > a.name) == [])")
                        .build()))
                .extracting(RuleOutcome::outcome)
                .isEqualTo(Outcome.ERROR);
        assertThat(judge(rule("a", "alerts.all(a, a in alerts && a in alerts)").build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(
                        Outcome.ERROR,
                        "the expression was stopped: it looked at more than 2000000 items and characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['0123456789'].exists(x, %s)| [x + x].exists(x, %s)|x != ''",
                "[b'0123456789'].exists(x, %s)| [x + x].exists(x, %s)|x != b''",
                "[[1, 2, 3]].exists(x, %s)| [x + x].exists(x, %s)|x != []",
                "['0123456789'].exists(x, %s)| [[x, x, x].join()].exists(x, %s)|x != ''",
                "['0123456789'].exists(x, %s)| [['', '', ''].join(x)].exists(x, %s)|x != ''"
            })
    void stopsWhatWouldFillTheMemory(String nested) {
        var parts = nested.split("\\|");
        var check = parts[0];
        for (var i = 0; i < 28; i++) {
            check = check.replace("%s", parts[1].strip());
        }
        assertThat(judge(rule("a", check.replace("%s", parts[2])).build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(
                        Outcome.ERROR,
                        "the expression was stopped: it made texts and lists of more than 5000000 characters and items");
    }

    @Test
    void stopsWhatWouldKeepTooMuch() {
        for (var i = 0; i < 300; i++) {
            facts.upsert("alerts", "a" + i, NOW, "{\"name\":\"" + "x".repeat(100) + "\"}");
        }
        for (var kept : List.of(
                "a.name",
                "[a.name]",
                "[a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b,"
                        + " a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b]")) {
            assertThat(judge(rule("a", "alerts.map(a, alerts.map(b, " + kept + ")).size() > 0")
                                    .build())
                            .outcome())
                    .as(kept)
                    .isEqualTo(Outcome.ERROR);
        }
        assertThat(judge(rule("a", "alerts.map(a, a.name + ': ' + a.name).join(', ').size() == 61198")
                                .build())
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void addsWhatHasATypeOnlyWhenItRuns() {
        assertThat(judge(rule(
                                "a",
                                "dyn('a') + dyn('b') == 'ab' && dyn([1]) + dyn([2]) == [1, 2] && dyn(1) + dyn(2) == 3"
                                        + " && [1] + [2] == [1, 2] && ['a', 'b'].join('-') == 'a-b'"
                                        + " && b'a' + b'b' == b'ab' && 'abc'.matches('b') && matches('abc', '^a.c$')"
                                        + " && timestamp('2026-06-01T12:00:00Z') + duration('1d')"
                                        + " == timestamp('2026-06-02T12:00:00Z')")
                        .build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.PASS, "Title of a");
    }

    @Test
    void stopsARegularExpressionThatWouldFillTheMemory() {
        facts.set("runbook", NOW, "{\"reviewers\":[\"((a{1000}){1000}){1000}\"]}");
        assertThat(judge(rule("a", "runbook.reviewers.exists(r, entity.name.matches(r))")
                        .build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(
                        Outcome.ERROR,
                        "'((a{1000}){1000}){1000}' repeats too much: written out, it has more than 5000 parts");
        facts.set("runbook", NOW.plusSeconds(1), "{\"reviewers\":[\"" + "a".repeat(200_000) + "\"]}");
        assertThat(judge(rule(
                                "a",
                                "[1,2,3,4,5,6,7,8,9,10,11].exists(i, runbook.reviewers.exists(r, r.matches('x') && i > 0))")
                        .build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(
                        Outcome.ERROR,
                        "the expression was stopped: it looked at more than 2000000 items and characters");
    }

    @Test
    void doesNotPassOnACollectionThatIsNotComplete() {
        for (var i = 0; i < 3_001; i++) {
            facts.upsert("alerts", "a" + i, NOW.plusMillis(i), "{\"name\":\"alert\"}");
        }
        assertThat(judge(rule("a", "alerts.all(a, a.name == 'alert')").build()))
                .extracting(RuleOutcome::outcome, RuleOutcome::message)
                .containsExactly(Outcome.ERROR, "there are more alerts than are kept, so that a pass would be a guess");
        assertThat(judge(rule("a", "alerts.size() == 0").build()).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void evaluatesOnlyWhatIsTouchedAndCarriesTheRestOver() {
        facts.set("replicas", NOW, "1").set("coverage", NOW, "{\"newCode\":90}").none("alerts", NOW);
        var compiled = compiler.compile(
                scorecard(
                        rule("r", "replicas >= 2").build(),
                        rule("c", "coverage.newCode > 80.0").build(),
                        rule("a", "alerts.size() == 0")
                                .message("string(replicas)")
                                .build()),
                1);
        var first = compiled.evaluate(A.entity(), facts, NOW, null, Set.of());
        assertThat(evaluated).containsExactly("r", "c", "a");
        evaluated.clear();
        facts.asked().clear();
        facts.set("coverage", NOW.plusSeconds(1), "{\"newCode\":10}");
        assertThat(compiled.rulesReading("coverage")).containsExactly("c");
        assertThat(compiled.rulesReading("replicas")).containsExactly("r", "a");
        assertThat(compiled.rulesReading("runbook")).isEmpty();
        var second = compiled.evaluate(A.entity(), facts, NOW.plusSeconds(1), first, compiled.rulesReading("coverage"));
        assertThat(evaluated).containsExactly("c");
        assertThat(facts.asked()).containsExactlyInAnyOrder("coverage", "exemptions", "attestations");
        assertThat(second.rules().get(0)).isSameAs(first.rules().get(0));
        assertThat(second.rules().get(2)).isSameAs(first.rules().get(2));
        assertThat(second.rules().get(1))
                .extracting(RuleOutcome::outcome, RuleOutcome::since)
                .containsExactly(Outcome.FAIL, NOW.plusSeconds(1));
        assertThat(second.evaluatedAt()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void evaluatesEverythingForAnotherVersionAndKeepsSince() {
        facts.set("replicas", NOW, "1");
        var rule = rule("r", "replicas >= 2");
        var first = compiler.compile(scorecard(rule.build()), 1).evaluate(A.entity(), facts, NOW, null, Set.of());
        evaluated.clear();
        var second = compiler.compile(
                        scorecard(rule.build(), rule("s", "replicas >= 1").build()), 2)
                .evaluate(A.entity(), facts, NOW.plusSeconds(5), first, Set.of());
        assertThat(evaluated).containsExactly("r", "s");
        assertThat(second.rules()).extracting(RuleOutcome::since).containsExactly(NOW, NOW.plusSeconds(5));
        assertThat(second.scorecardVersion()).isEqualTo(2);
    }

    @Test
    void evaluatesWhatIsDueUnasked() {
        facts.upsert("vulnerabilities", "1", NOW, vulnerability("high", NOW));
        var compiled = compiler.compile(
                scorecard(rule("v", "!vulnerabilities.exists(v, overdue(v.openedAt, duration('1h')))")
                        .build()),
                1);
        var first = compiled.evaluate(A.entity(), facts, NOW, null, Set.of());
        assertThat(first.nextChangeAt()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(compiled.rulesDue(first, NOW.plusSeconds(3599))).isEmpty();
        assertThat(compiled.rulesDue(first, NOW.plusSeconds(3600))).containsExactly("v");
        var second = compiled.evaluate(A.entity(), facts, NOW.plusSeconds(3600), first, Set.of());
        assertThat(second.rules()).extracting(RuleOutcome::outcome).containsExactly(Outcome.FAIL);
    }

    @Test
    void scoresAndReachesALevel() {
        facts.set("replicas", NOW, "2");
        var result = evaluate(
                NOW,
                rule("a", "replicas >= 2").build(),
                rule("b", "replicas >= 3").level("silver").build(),
                rule("c", "coverage.newCode > 1.0").level("silver").build());
        assertThat(result)
                .extracting(Result::level, Result::score, Result::coverage)
                .containsExactly("bronze", 50, 66);
    }

    @Test
    void appliesToTheEntitiesThatItsFilterNames() {
        assertThat(scoped("entity.kind == 'Component' && entity.type == 'service'")
                        .appliesTo(A.entity()))
                .isTrue();
        assertThat(scoped("entity.tier > 3").appliesTo(A.entity())).isFalse();
        assertThat(scoped("entity.annotations['absent'] == 'x'").appliesTo(A.entity()))
                .isFalse();
        assertThat(scoped("this is not CEL").appliesTo(A.entity())).isFalse();
        assertThat(scoped("entity.system == '' && !has(entity.system) && has(entity.owner)")
                        .appliesTo(A.entity()))
                .isTrue();
    }

    @Test
    void mergesWhatSeveralSubjectsTell() {
        facts.set("repo:a", "replicas", NOW, "5").set("repo:b", "replicas", NOW, "1");
        var outcome = judge(rule("a", "replicas >= 2").build());
        assertThat(outcome.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(outcome.evidence()).hasSize(2);
    }

    @Test
    void neverThrowsForDataThatDoesNotFit() {
        var broken = new HashMap<String, String>();
        broken.put("replicas", "\"two\"");
        broken.put("coverage", "[1,2]");
        broken.put("runbook", "{\"confirmedAt\":\"yesterday\",\"exists\":\"yes\",\"reviewers\":[1,null]}");
        broken.put("vulnerabilities", "5");
        broken.forEach((fact, json) -> facts.set(fact, NOW, json));
        var result = evaluate(
                NOW,
                rule("a", "replicas >= 2").build(),
                rule("b", "coverage.newCode > 1.0").build(),
                rule("c", "runbook.exists && within(runbook.confirmedAt, duration('1d'))")
                        .build(),
                rule("d", "vulnerabilities.size() == 0").build());
        assertThat(result.rules()).hasSize(4);
    }

    private CompiledScorecard scoped(String appliesTo) {
        return compiler.compile(
                new dev.muster.engine.definition.ScorecardDefinition(
                        "s", "S", null, null, appliesTo, List.of("bronze"), true, true, false, List.of()),
                1);
    }

    private RuleOutcome judge(RuleDefinition rule) {
        return judgeAt(NOW, rule);
    }

    private RuleOutcome judgeAt(Instant now, RuleDefinition rule) {
        return evaluate(now, rule).rules().getFirst();
    }

    private Result evaluate(Instant now, RuleDefinition... rules) {
        return compiler.compile(scorecard(rules), 1).evaluate(A.entity(), facts, now, null, Set.of());
    }

    private static String vulnerability(String severity, Instant openedAt) {
        return "{\"severity\":\"" + severity + "\",\"openedAt\":\"" + openedAt + "\"}";
    }

    private static String attestation(String rule, Instant at, Instant expires) {
        return "{\"rule\":\"%s\",\"by\":\"ann\",\"evidence\":\"looked\",\"at\":\"%s\",\"expires\":\"%s\"}"
                .formatted(rule, at, expires);
    }

    private static String exemption(String rule, String finding, String state, Instant expires) {
        return """
                {"rule":"%s","finding":"%s","state":"%s","approvedBy":"ann","reason":"migration","expires":"%s"}""".formatted(rule, finding, state, expires);
    }
}

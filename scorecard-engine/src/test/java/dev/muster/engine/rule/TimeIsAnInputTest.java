package dev.muster.engine.rule;

import static dev.muster.engine.rule.A.NOW;
import static dev.muster.engine.rule.A.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A timer may come late, and only what is touched may be looked at: neither changes what comes out.
class TimeIsAnInputTest {

    private static final CompiledScorecard SCORECARD = new ScorecardCompiler(A.CATALOGUE)
            .compile(
                    A.scorecard(
                            rule(
                                            "in-time",
                                            "!vulnerabilities.exists(v, v.severity == 'high' &&"
                                                    + " overdue(v.openedAt, duration(params.limit)))")
                                    .params(Map.of("limit", "7d"))
                                    .warn(
                                            "vulnerabilities.exists(v, overdue(v.openedAt, portion(duration(params.limit), 0.75)))")
                                    .message(
                                            "string(vulnerabilities.filter(v, overdue(v.openedAt, duration('3d'))).size())")
                                    .build(),
                            rule("few", "vulnerabilities.size() <= 2").build(),
                            rule("covered", "coverage.newCode >= 50.0")
                                    .fresh(Duration.ofDays(5))
                                    .level("silver")
                                    .build(),
                            rule("running", "replicas >= 2 || within(runbook.confirmedAt, duration('4d'))")
                                    .build(),
                            rule("quiet", "!has(facts.alerts) || alerts.all(a, within(a.startsAt, duration('1h')))")
                                    .effectiveFrom("2026-06-03T00:00:00Z")
                                    .build(),
                            rule(
                                            "runbook",
                                            "runbook.exists ? within(runbook.confirmedAt, duration('9d'))"
                                                    + " : overdue(runbook.confirmedAt, duration('2d'))")
                                    .appliesTo("entity.tier < 3")
                                    .build()),
                    1);

    @Property(tries = 150)
    void evaluatingLateEqualsEvaluatingAtEachRecordedInstant(
            @ForAll("tellings") List<Telling> tellings, @ForAll("spans") Duration late) {
        var facts = Telling.told(tellings);
        var end = NOW.plus(late.abs());
        var inTime = SCORECARD.evaluate(A.entity(), facts, NOW, null, Set.of());
        while (inTime.nextChangeAt() != null && !inTime.nextChangeAt().isAfter(end)) {
            var next = inTime.nextChangeAt();
            var between = next.minusMillis(1);
            if (!between.isBefore(inTime.evaluatedAt())) {
                assertSame(inTime, full(facts, between));
            }
            inTime = SCORECARD.evaluate(A.entity(), facts, next, inTime, Set.of());
            assertThat(inTime.nextChangeAt())
                    .satisfiesAnyOf(
                            instant -> assertThat(instant).isNull(),
                            instant -> assertThat(instant).isAfter(next));
        }
        assertSame(inTime, full(facts, end));
        var atOnce = SCORECARD.evaluate(
                A.entity(), facts, end, SCORECARD.evaluate(A.entity(), facts, NOW, null, Set.of()), Set.of());
        assertSame(atOnce, inTime);
    }

    @Property(tries = 150)
    void evaluatingWhatIsTouchedEqualsEvaluatingEverything(
            @ForAll("tellings") List<Telling> before, @ForAll("tellings") List<Telling> then) {
        var facts = Telling.told(before);
        var result = SCORECARD.evaluate(A.entity(), facts, NOW, null, Set.of());
        for (var telling : then) {
            telling.tell(facts);
            var touched = SCORECARD.rulesReading(telling.fact());
            var after = SCORECARD.evaluate(A.entity(), facts, NOW, result, touched);
            for (var i = 0; i < after.rules().size(); i++) {
                if (!touched.contains(after.rules().get(i).rule())) {
                    assertThat(after.rules().get(i)).isSameAs(result.rules().get(i));
                }
            }
            assertSame(after, full(facts, NOW));
            result = after;
        }
    }

    @Property(tries = 100)
    void neverBreaksAndSaysTheSameTwice(@ForAll("tellings") List<Telling> tellings, @ForAll("spans") Duration later) {
        var facts = Telling.told(tellings);
        var once = full(facts, NOW.plus(later));
        assertThat(once).isEqualTo(full(facts, NOW.plus(later)));
        assertThat(once.rules()).extracting(RuleOutcome::outcome).doesNotContain(Outcome.ERROR);
    }

    private static Result full(KnownFacts facts, Instant now) {
        return SCORECARD.evaluate(A.entity(), facts, now, null, Set.of());
    }

    private static void assertSame(Result left, Result right) {
        assertThat(left.rules())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("since", "nextChangeAt")
                .isEqualTo(right.rules());
        assertThat(left.level()).isEqualTo(right.level());
        assertThat(left.score()).isEqualTo(right.score());
        assertThat(left.coverage()).isEqualTo(right.coverage());
        assertThat(left.nextChangeAt()).isEqualTo(right.nextChangeAt());
    }

    @Provide
    Arbitrary<List<Telling>> tellings() {
        return Telling.some("in-time", "few", "covered", "running", "quiet", "runbook", "readiness/few");
    }

    @Provide
    Arbitrary<Duration> spans() {
        return Telling.spans();
    }
}

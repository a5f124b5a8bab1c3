package dev.muster.engine.replay;

import static dev.muster.engine.replay.Told.REPO;
import static dev.muster.engine.replay.Told.at;
import static dev.muster.engine.replay.Told.set;
import static dev.muster.engine.rule.A.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.CauseKind;
import dev.muster.engine.result.Declared;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.engine.result.Transition;
import dev.muster.engine.rule.A;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.engine.rule.EntityView;
import dev.muster.engine.rule.ScorecardCompiler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final EntityView PAYMENTS = A.entity();
    private static final CompiledScorecard SCORECARD = compiled(A.scorecard(
            rule("covered", "coverage.newCode >= 50.0").build(),
            rule("running", "replicas >= 2").build(),
            rule("fresh-runbook", "within(runbook.confirmedAt, duration('0.010s'))")
                    .build()));

    private static final Declared BY = new Declared(at(0), "alice", "apply-1");

    private final Heard heard = new Heard();

    @Test
    void factsOfBeforeMakeTheBaselineAndNoTransition() {
        var replay = replay(SCORECARD, 100);
        tell(replay, set(10, "coverage", "{\"newCode\":10.0}"), set(20, "coverage", "{\"newCode\":90.0}"));
        assertThat(replay.results()).isEmpty();

        replay.advance(at(100));

        assertThat(heard.changes).isEmpty();
        assertThat(heard.first).singleElement().satisfies(it -> {
            assertThat(it.evaluatedAt()).isEqualTo(at(100));
            assertThat(outcomes(it)).containsExactly(Outcome.PASS, Outcome.UNKNOWN, Outcome.UNKNOWN);
        });
    }

    @Test
    void aChangeIsJudgedAtItsTimeWithItsCause() {
        var replay = replay(SCORECARD, 0);

        tell(replay, set(5, "coverage", "{\"newCode\":90.0}"), set(9, "coverage", "{\"newCode\":10.0}"));

        assertThat(heard.inShort()).containsExactly("payments CHANGED +5 FACT", "payments REGRESSED +9 FACT");
        var cause = heard.changes.getLast().cause();
        assertThat(cause.before()).contains("90");
        assertThat(cause.after()).contains("10");
        assertThat(cause.deliveryId()).isEqualTo("d-9");
    }

    @Test
    void timeThatPassesBetweenTwoRecordsChangesResultsAtItsInstant() {
        var replay = replay(SCORECARD, 0);

        tell(
                replay,
                set(5, "runbook", "{\"exists\":true,\"confirmedAt\":\"" + at(5) + "\"}"),
                set(40, "replicas", "1"));

        assertThat(heard.inShort())
                .containsExactly(
                        "payments CHANGED +5 FACT", "payments REGRESSED +15 CLOCK", "payments REGRESSED +40 FACT");
    }

    @Test
    void atOneInstantTheClockComesBeforeTheFact() {
        var replay = replay(SCORECARD, 0);

        tell(
                replay,
                set(5, "runbook", "{\"exists\":true,\"confirmedAt\":\"" + at(5) + "\"}"),
                set(15, "replicas", "3"));

        assertThat(heard.inShort().getLast()).isEqualTo("payments RECOVERED +15 FACT".replace("RECOVERED", "CHANGED"));
        assertThat(heard.inShort()).contains("payments REGRESSED +15 CLOCK");
    }

    @Test
    void whatIsOlderThanWhatIsKnownChangesNothing() {
        var replay = replay(SCORECARD, 0);

        tell(
                replay,
                set(5, "coverage", "{\"newCode\":90.0}"),
                set(6, 1, REPO, "coverage", "{\"newCode\":1.0}"),
                set(5, "coverage", "{\"newCode\":90.0}"));

        assertThat(heard.inShort()).containsExactly("payments CHANGED +5 FACT");
    }

    @Test
    void onlyWhoClaimsTheSubjectAndIsScoredChanges() {
        var library = named("library", "library");
        var other = named("ledger", "service");
        var scorecard = compiled(new ScorecardDefinition(
                "readiness",
                "Readiness",
                null,
                null,
                "entity.type == 'service'",
                List.of("bronze"),
                true,
                true,
                false,
                List.of(rule("running", "replicas >= 2").build())));
        var replay = replay(
                scorecard,
                0,
                heard,
                new Claimant(PAYMENTS, Set.of(REPO)),
                new Claimant(library, Set.of(REPO)),
                new Claimant(other, Set.of("repo:b")));

        tell(replay, set(5, "replicas", "1"), set(6, 6, "repo:nobodys", "replicas", "1"));

        assertThat(replay.results()).containsOnlyKeys("component:default/ledger", "component:default/payments");
        assertThat(heard.inShort()).containsExactly("payments REGRESSED +5 FACT");
    }

    @Test
    void aTimeThatGoesBackCountsAsTheLatest() {
        var replay = replay(SCORECARD, 0);

        tell(replay, set(9, "replicas", "3"), set(4, 10, REPO, "replicas", "1"));

        assertThat(heard.inShort()).containsExactly("payments CHANGED +9 FACT", "payments REGRESSED +9 FACT");
    }

    @Test
    void whatWasToldBeforeTheClaimCountsWithIt() {
        var replay = replay(SCORECARD, 0, heard, new Claimant(PAYMENTS, Set.of()));
        tell(replay, set(5, "coverage", "{\"newCode\":90.0}"));
        assertThat(heard.changes).isEmpty();

        replay.declare(at(9), new Claimant(PAYMENTS, Set.of(REPO)), BY);

        assertThat(heard.inShort()).containsExactly("payments BASELINE +9 CLAIM");
        assertThat(heard.changes.getLast().cause().subject()).isEqualTo(REPO);
        assertThat(heard.changes.getLast().cause().deliveryId()).isEqualTo("apply-1");

        replay.declare(at(12), new Claimant(PAYMENTS, Set.of()), BY);

        assertThat(heard.inShort().getLast()).isEqualTo("payments CHANGED +12 CLAIM");
        assertThat(outcomes(replay.results().get("component:default/payments"))).containsOnly(Outcome.UNKNOWN);
    }

    @Test
    void anOutcomeThatStaysIsAsOldAsBeforeTheNewVersion() {
        var replay = replay(SCORECARD, 0);
        tell(replay, set(5, "coverage", "{\"newCode\":90.0}"), set(7, "replicas", "1"));
        var next = new ScorecardCompiler(A.CATALOGUE)
                .compile(
                        A.scorecard(
                                rule("running", "replicas >= 1").build(),
                                rule("covered", "coverage.newCode >= 60.0").build()),
                        2);

        replay.publish(at(20), next, new Declared(at(20), "bob", "publish-2"));

        var result = replay.results().get("component:default/payments");
        assertThat(result.scorecardVersion()).isEqualTo(2);
        assertThat(result.rules()).extracting(RuleOutcome::since).containsExactly(at(20), at(5));
        assertThat(heard.inShort().getLast()).isEqualTo("payments BASELINE +20 SCORECARD");
        assertThat(heard.changes.getLast().cause().actor()).isEqualTo("bob");
    }

    @Test
    void whatEndsHasNoResultAndNoTimerAndBeginsAnewWhenItComesBack() {
        var replay = replay(SCORECARD, 0);
        tell(replay, set(5, "runbook", "{\"exists\":true,\"confirmedAt\":\"" + at(5) + "\"}"));

        replay.delete(at(6), "component:default/payments", BY);
        replay.delete(at(6), "component:default/payments", BY);
        replay.advance(at(30));

        assertThat(replay.results()).isEmpty();
        assertThat(heard.ends).singleElement().satisfies(it -> {
            assertThat(it.cause().kind()).isEqualTo(CauseKind.ENTITY);
            assertThat(it.cause().baseline()).isFalse();
        });
        assertThat(heard.changes).hasSize(1);

        replay.declare(at(31), new Claimant(PAYMENTS, Set.of(REPO)), BY);
        assertThat(heard.first).hasSize(2);
        replay.withdraw(at(32), BY);
        assertThat(replay.results()).isEmpty();
        assertThat(heard.ends.getLast().cause().kind()).isEqualTo(CauseKind.SCORECARD);
    }

    @Test
    void aMillionChangesTakeNoMoreRoomThanAThousand() {
        var seen = new int[1];
        var counting = new ReplayListener() {
            @Override
            public void began(EntityView entity, Result first, Cause cause) {}

            @Override
            public void changed(EntityView entity, Result before, Result after, Transition transition, Cause cause) {
                seen[0]++;
            }

            @Override
            public void ended(EntityView entity, Result before, Transition transition, Cause cause, Instant at) {}
        };
        var replay = replay(SCORECARD, 0, counting, new Claimant(PAYMENTS, Set.of(REPO)));
        many(replay, 0, 1_000);
        var size = Retained.by(replay);

        many(replay, 1_000, 1_000_000);

        assertThat(seen[0]).isGreaterThan(200_000);
        assertThat(Retained.by(replay)).isEqualTo(size);
    }

    /// Each is told four times. Every second one makes the rule fail, and the runbook is confirmed, so that a timer
    /// always waits.
    private static void many(Replay replay, int from, int to) {
        for (var i = from; i < to; i++) {
            var n = i / 4;
            var it = n % 100 == 0
                    ? set(n + 1, "runbook", "{\"exists\":true,\"confirmedAt\":\"" + at(n) + "\"}")
                    : set(n + 1, "replicas", n % 2 == 0 ? "1" : "3");
            replay.take(it.at(), it.subject(), it.change());
        }
    }

    private Replay replay(CompiledScorecard scorecard, long since) {
        return replay(scorecard, since, heard, new Claimant(PAYMENTS, Set.of(REPO)));
    }

    private static Replay replay(
            CompiledScorecard scorecard, long since, ReplayListener listener, Claimant... entities) {
        var replay =
                new Replay(A.CATALOGUE, new Wanted(_ -> true, scorecard.factsRead()::contains), at(since), listener);
        replay.publish(Instant.MIN, scorecard, BY);
        List.of(entities).forEach(it -> replay.declare(Instant.MIN, it, BY));
        return replay;
    }

    private static void tell(Replay replay, Told... all) {
        for (var it : all) {
            replay.take(it.at(), it.subject(), it.change());
        }
    }

    private static CompiledScorecard compiled(ScorecardDefinition definition) {
        return new ScorecardCompiler(A.CATALOGUE).compile(definition, 1);
    }

    static EntityView named(String name, String type) {
        return new EntityView(
                "component:default/" + name,
                "Component",
                "default",
                name,
                null,
                type,
                null,
                null,
                null,
                1,
                List.of(),
                Map.of(),
                List.of());
    }

    private static List<Outcome> outcomes(Result result) {
        return result.rules().stream().map(RuleOutcome::outcome).toList();
    }
}

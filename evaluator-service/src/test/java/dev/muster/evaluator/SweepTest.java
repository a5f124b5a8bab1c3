package dev.muster.evaluator;

import static dev.muster.evaluator.FactsAndClaimsTest.outcomes;
import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.PAYMENTS;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.coverage;
import static dev.muster.evaluator.Known.covered;
import static dev.muster.evaluator.Known.entity;
import static dev.muster.evaluator.Known.noCritical;
import static dev.muster.evaluator.Known.rule;
import static dev.muster.evaluator.Known.scorecard;
import static dev.muster.evaluator.Known.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.evaluator.entities.Pace;
import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.RuleOutcome;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final int ENTITIES = 23;

    private Evaluation muster =
            new Evaluation(new Pace(Duration.ofMillis(100), Duration.ofMillis(100), 5, Duration.ofMinutes(1)));

    @AfterEach
    void stop() {
        muster.close();
    }

    @Test
    void aScorecardReachesAllEntitiesInBatchesAndNotifiesNobody() {
        declareMany();
        muster.tick(1).publish(scorecard("ready", 1, noCritical()));
        assertThat(muster.results()).isEmpty();

        muster.tick(1);
        assertThat(muster.results()).hasSize(5);
        muster.tick(1);
        assertThat(muster.results()).hasSize(10);
        muster.tick(4);
        assertThat(muster.results()).hasSize(ENTITIES);
        assertThat(muster.transitions())
                .hasSize(ENTITIES)
                .allSatisfy(it -> assertThat(it.getKind()).isEqualTo(TransitionKind.BASELINE))
                .allSatisfy(it -> assertThat(it.getCause().getKind()).isEqualTo(CauseKind.SCORECARD))
                .allSatisfy(it -> assertThat(it.getCause().getDeliveryId()).isEqualTo("publish-ready-1"))
                .allSatisfy(it -> assertThat(it.getNotify()).isFalse());
    }

    @Test
    void aPortionEndsWhenItsTimeIsUpAndAtLeastOneEntityIsJudged() {
        muster.close();
        var time = new AtomicLong();
        muster = new Evaluation(
                new Pace(Duration.ofMillis(10), Duration.ofMillis(100), 1000, Duration.ofNanos(1)),
                time::incrementAndGet);
        declareMany();
        muster.tick(1).publish(scorecard("ready", 1, noCritical())).tick(1);
        assertThat(muster.results()).hasSize(1);

        muster.tick(ENTITIES);
        assertThat(muster.results()).hasSize(ENTITIES);
    }

    @Test
    void goesOnWhereItWasAfterARestart() {
        declareMany();
        muster.tick(1).publish(scorecard("ready", 1, noCritical())).tick(2);
        var swept = muster.count("swept");

        muster = muster.restart();
        muster.tick(4);

        assertThat(swept + muster.count("swept")).isEqualTo(ENTITIES);
        assertThat(muster.results()).hasSize(ENTITIES);
        assertThat(muster.transitions()).hasSize(ENTITIES);
    }

    @Test
    void theNewestDefinitionWinsAndEveryEntityEndsWithIt() {
        declareMany();
        muster.tick(1)
                .publish(scorecard("ready", 1, noCritical()))
                .tick(2)
                .publish(scorecard("ready", 2, covered()))
                .tick(1)
                .publish(scorecard("ready", 3, covered(), noCritical()))
                .tick(9);

        assertThat(muster.results().values())
                .hasSize(ENTITIES)
                .allSatisfy(it -> assertThat(it.getScorecardVersion()).isEqualTo(3))
                .allSatisfy(it -> assertThat(it.getRules()).hasSize(2));
    }

    @Test
    void anEditJudgesOnlyByTheRulesThatAreOthers() {
        declareMany();
        muster.observe(REPO, "d1", coverage(70, NOON))
                .declare(entity(PAYMENTS, REPO))
                .tick(1)
                .publish(scorecard("ready", 1, noCritical(), covered()))
                .tick(7);
        var before = muster.count("rules");

        muster.publish(scorecard("ready", 2, noCritical(), rule("covered", "coverage.newCode >= 60.0")))
                .tick(2);
        var untilRestart = muster.count("rules") - before;
        muster = muster.restart();
        muster.tick(7);

        assertThat(untilRestart).isPositive();
        assertThat(untilRestart + muster.count("rules")).isEqualTo(ENTITIES + 1);
        assertThat(muster.results().values())
                .hasSize(ENTITIES + 1)
                .allSatisfy(it -> assertThat(it.getScorecardVersion()).isEqualTo(2))
                .allSatisfy(it -> assertThat(it.getRules())
                        .extracting(RuleOutcome::getRule, RuleOutcome::getLevel)
                        .containsExactly(tuple("no-critical", "bronze"), tuple("covered", "bronze")));
        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("covered", Outcome.PASS);
    }

    @Test
    void anEditBeforeTheLastOneIsThroughJudgesByAllRules() {
        declareMany();
        muster.tick(1).publish(scorecard("ready", 1, noCritical(), covered())).tick(7);
        muster.publish(scorecard("ready", 2, noCritical(), rule("covered", "coverage.newCode >= 60.0")))
                .tick(2);
        var before = muster.count("rules");

        muster.publish(scorecard("ready", 3, noCritical(), rule("covered", "coverage.newCode >= 50.0")))
                .tick(8);

        assertThat(muster.count("rules") - before).isEqualTo(2 * ENTITIES);
        assertThat(muster.results().values())
                .hasSize(ENTITIES)
                .allSatisfy(it -> assertThat(it.getScorecardVersion()).isEqualTo(3));
    }

    @Test
    void anEditOfWhatAnOutcomeCountsJudgesNothingAndScoresAnew() {
        muster.observe(REPO, "d1", coverage(70, NOON), vulnerability("1", "low", NOON))
                .declare(entity(PAYMENTS, REPO))
                .publish(scorecard("ready", 1, noCritical(), covered()))
                .tick(2);
        var before = muster.count("rules");
        assertThat(muster.result(PAYMENTS, "ready").getScore()).isEqualTo(50);

        muster.publish(scorecard(
                        "ready",
                        2,
                        rule("no-critical", noCritical().getCheck(), "bronze")
                                .setWeight(3)
                                .build(),
                        covered()))
                .tick(2);

        assertThat(muster.count("rules")).isEqualTo(before);
        assertThat(muster.result(PAYMENTS, "ready").getScore()).isEqualTo(75);
    }

    @Test
    void goesOnWhileThereAreEvents() {
        declareMany();
        muster.tick(1).publish(scorecard("ready", 1, noCritical()));
        for (var i = 0; i < 3; i++) {
            muster.observe("repo:github.com/acme/elsewhere", "d" + i, coverage(i, NOON.plusSeconds(i)))
                    .declare(entity("component:default/c0"))
                    .tick(1);
        }

        assertThat(muster.count("swept")).isEqualTo(3 * 5);
    }

    @Test
    void anEventDuringASweepIsJudgedByTheNewScorecardAndBothCausesAreTold() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", coverage(90, NOON))
                .tick(1)
                .publish(scorecard("ready", 2, covered()))
                .observe(REPO, "d2", coverage(10, NOON.plusSeconds(1)));

        assertThat(muster.transitionRecords())
                .extracting(
                        it -> it.value().getCause().getKind(), it -> it.value().getKind())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(CauseKind.SCORECARD, TransitionKind.BASELINE),
                        org.assertj.core.groups.Tuple.tuple(CauseKind.FACT, TransitionKind.REGRESSED));
    }

    @Test
    void aWithdrawnScorecardEndsItsResults() {
        declareMany();
        muster.tick(1).publish(scorecard("ready", 1, noCritical())).tick(6);
        muster.withdraw("ready").tick(6);

        assertThat(muster.results()).isEmpty();
        assertThat(muster.store("results")).isEmpty();
        assertThat(muster.last().getAfter()).isNull();
        assertThat(muster.last().getCause().getKind()).isEqualTo(CauseKind.SCORECARD);
    }

    @Test
    void aScorecardThatComesBackWithTheSameVersionIsAnotherOneAndVersionsGoOn() {
        muster.declare(entity(PAYMENTS, REPO))
                .publish(scorecard("ready", 1, noCritical()))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON), coverage(90, NOON))
                .tick(1)
                .withdraw("ready")
                .publish(scorecard("ready", 1, covered()).setDigest("other"))
                .tick(2);
        var result = muster.result(PAYMENTS, "ready");
        assertThat(outcomes(result)).containsOnlyKeys("covered").containsEntry("covered", Outcome.PASS);

        muster.withdraw("ready")
                .tick(2)
                .publish(scorecard("ready", 1, covered()))
                .tick(2);

        assertThat(muster.result(PAYMENTS, "ready").getVersion()).isEqualTo(result.getVersion() + 2);
        assertThat(muster.store("ended")).isEmpty();
        assertThat(muster.transitions()).extracting(it -> it.getId()).doesNotHaveDuplicates();
    }

    @Test
    void aScorecardThatNoLongerAppliesEndsItsResult() {
        muster.declare(entity(PAYMENTS, REPO))
                .publish(scorecard("ready", 1, noCritical()))
                .tick(1)
                .publish(scorecard("ready", 2, noCritical()).setAppliesTo("entity.tier > 1"))
                .tick(1);

        assertThat(muster.results()).isEmpty();
        assertThat(muster.last().getAfter()).isNull();
    }

    @Test
    void aRuleThatDoesNotCompileIsAnErrorWithItsReason() {
        muster.declare(entity(PAYMENTS, REPO))
                .publish(scorecard("ready", 1, rule("broken", "nonsense(("), rule("misspelt", "coverag.newCode > 1.0")))
                .tick(1);

        assertThat(muster.result(PAYMENTS, "ready").getRules())
                .allSatisfy(it -> assertThat(it.getOutcome()).isEqualTo(Outcome.ERROR))
                .allSatisfy(it -> assertThat(it.getMessage()).isNotBlank());
    }

    @Test
    void aDraftNotifiesNobody() {
        muster.declare(entity(PAYMENTS, REPO))
                .publish(scorecard("ready", 1, noCritical()).setDraft(true))
                .tick(1)
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON));

        assertThat(muster.last().getNotify()).isFalse();
    }

    private void declareMany() {
        IntStream.range(0, ENTITIES).forEach(i -> muster.declare(entity("component:default/c" + i)));
    }
}

package dev.muster.evaluator;

import static dev.muster.evaluator.FactsAndClaimsTest.outcomes;
import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.PAYMENTS;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.confirmed;
import static dev.muster.evaluator.Known.coverage;
import static dev.muster.evaluator.Known.covered;
import static dev.muster.evaluator.Known.entity;
import static dev.muster.evaluator.Known.rule;
import static dev.muster.evaluator.Known.runbook;
import static dev.muster.evaluator.Known.scorecard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.evaluator.entities.Pace;
import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Transition;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockTest {

    private Evaluation muster = new Evaluation();

    @AfterEach
    void stop() {
        muster.close();
    }

    @Test
    void aDeadlineFlipsItsRuleAtItsInstantWhileNothingHappens() {
        muster.publish(scorecard("ready", 1, confirmed(Duration.ofHours(1))))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", runbook(true, NOON, NOON))
                .tick(1);
        assertThat(muster.result(PAYMENTS, "ready").getNextChangeAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));

        muster.pass(Duration.ofHours(1).minusMillis(200));
        assertThat(muster.transitionRecords()).isEmpty();

        muster.pass(Duration.ofMillis(100));
        assertThat(muster.last().getKind()).isEqualTo(TransitionKind.REGRESSED);
        assertThat(muster.last().getCause().getKind()).isEqualTo(CauseKind.CLOCK);
        assertThat(muster.last().getCause().getAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(muster.last().getAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(muster.store("timers")).isEmpty();
    }

    @Test
    void wakesAtTheInstantAndNotAtTheNextTick() {
        muster.close();
        muster = new Evaluation(new Pace(Duration.ofMillis(100), Duration.ofHours(9), 50, Duration.ofMinutes(1)));
        muster.publish(scorecard("ready", 1, confirmed(Duration.ofSeconds(10))))
                .declare(entity(PAYMENTS, REPO))
                .pass(Duration.ofMillis(100))
                .observe(REPO, "d1", runbook(true, NOON, NOON))
                .pass(Duration.ofMillis(9_899));
        assertThat(muster.transitionRecords()).isEmpty();

        muster.pass(Duration.ofMillis(1));

        assertThat(muster.last().getAt()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void whoWasDownGivesTheSameInstants() {
        muster.publish(scorecard(
                        "ready",
                        1,
                        confirmed(Duration.ofHours(1)),
                        rule("soon", "within(runbook.confirmedAt, duration('600s'))")))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", runbook(true, NOON, NOON))
                .tick(1);

        muster = muster.restart();
        muster.pass(Duration.ofHours(9));

        assertThat(muster.transitionRecords())
                .extracting(it -> it.value().getAt())
                .containsExactly(NOON.plusSeconds(600), NOON.plusSeconds(3600));
        assertThat(muster.result(PAYMENTS, "ready").getRules())
                .extracting(it -> it.getSince())
                .containsExactly(NOON.plusSeconds(3600), NOON.plusSeconds(600));
    }

    @Test
    void whatIsDueIsJudgedBeforeAnEventOfTheEntity() {
        muster.publish(scorecard("ready", 1, confirmed(Duration.ofSeconds(10)), covered()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", runbook(true, NOON, NOON))
                .tick(1);
        muster = muster.restartLater(Duration.ofHours(2));

        muster.observe(REPO, "d2", coverage(10, NOON.plusSeconds(7000)));

        assertThat(muster.transitionRecords())
                .extracting(it -> it.value().getCause().getKind())
                .containsExactly(CauseKind.CLOCK, CauseKind.FACT);
        assertThat(muster.transitionRecords().getFirst().value().getAt()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void instantsOfManyEntitiesPassInTheirOrder() {
        muster.publish(scorecard("ready", 1, confirmed(Duration.ofHours(1))));
        for (var i = 9; i > 0; i--) {
            var repo = "repo:github.com/acme/r" + i;
            muster.declare(entity("component:default/c" + (i * 7 % 10), repo))
                    .observe(repo, "d" + i, runbook(true, NOON.plusSeconds(i), NOON));
        }

        muster.pass(Duration.ofHours(2));

        assertThat(muster.transitionRecords())
                .extracting(it -> it.value().getAt())
                .hasSize(9)
                .isSorted();
    }

    @Test
    void aPortionOfWhatIsDueEndsWhenItsTimeIsUp() {
        muster.close();
        var time = new AtomicLong();
        var pace = new Pace(Duration.ofMillis(10), Duration.ofMillis(100), 1000, Duration.ofNanos(1));
        muster = new Evaluation(pace, time::incrementAndGet);
        muster.publish(scorecard("ready", 1, confirmed(Duration.ofHours(1))));
        for (var i = 0; i < 5; i++) {
            var repo = "repo:github.com/acme/r" + i;
            muster.declare(entity("component:default/c" + i, repo)).observe(repo, "d" + i, runbook(true, NOON, NOON));
        }

        muster.pass(Duration.ofHours(1));
        assertThat(muster.transitionRecords()).hasSize(1);

        muster.tick(5);
        assertThat(muster.store("timers")).isEmpty();
    }

    @Test
    void aFactThatComesInTimeMovesTheInstant() {
        muster.publish(scorecard("ready", 1, confirmed(Duration.ofHours(1))))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", runbook(true, NOON, NOON))
                .observe(REPO, "d2", runbook(true, NOON.plusSeconds(1800), NOON.plusSeconds(1800)))
                .tick(1)
                .pass(Duration.ofMinutes(70));

        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("confirmed", Outcome.PASS);
        assertThat(muster.store("timers")).hasSize(1);
    }

    @Test
    void aRuleBecomesEffectiveAtItsInstant() {
        Instant effective = NOON.plus(Duration.ofDays(3));
        muster.publish(scorecard(
                        "ready",
                        1,
                        rule("covered", "coverage.newCode >= 80.0", "bronze")
                                .setEffectiveFrom(effective)
                                .build()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", coverage(10, NOON))
                .tick(1);
        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("covered", Outcome.NOT_APPLICABLE);

        muster.pass(Duration.ofDays(4));

        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("covered", Outcome.FAIL);
        assertThat(muster.transitions()).last().extracting(Transition::getAt).isEqualTo(effective);
    }

    @Test
    void evidenceDecaysWhenItIsTooOld() {
        muster.publish(scorecard(
                        "ready",
                        1,
                        rule("covered", "coverage.newCode >= 80.0", "bronze")
                                .setFreshMillis(Duration.ofDays(1).toMillis())
                                .build()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", coverage(90, NOON))
                .tick(1)
                .pass(Duration.ofDays(2));

        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("covered", Outcome.STALE);
        assertThat(muster.last().getKind()).isIn(TransitionKind.DECAYED, TransitionKind.REGRESSED);
        assertThat(muster.last().getCause().getKind()).isEqualTo(CauseKind.CLOCK);
    }
}

package dev.muster.evaluator;

import static dev.muster.evaluator.FactsAndClaimsTest.outcomes;
import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.PAYMENTS;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.confirmed;
import static dev.muster.evaluator.Known.entity;
import static dev.muster.evaluator.Known.noCritical;
import static dev.muster.evaluator.Known.rule;
import static dev.muster.evaluator.Known.runbook;
import static dev.muster.evaluator.Known.scorecard;
import static dev.muster.evaluator.Known.upsert;
import static dev.muster.evaluator.Known.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntitiesTest {

    private final Evaluation muster = new Evaluation();

    @AfterEach
    void stop() {
        muster.close();
    }

    @Test
    void aDeletedEntityLeavesNothingButItsLastVersion() {
        muster.publish(scorecard("ready", 1, confirmed(Duration.ofHours(1))))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", runbook(true, NOON, NOON));
        var version = muster.result(PAYMENTS, "ready").getVersion();

        muster.delete(PAYMENTS);

        assertThat(muster.results()).isEmpty();
        assertThat(muster.last().getAfter()).isNull();
        assertThat(muster.last().getBefore()).isNotNull();
        assertThat(muster.last().getVersion()).isEqualTo(version + 1);
        assertThat(muster.last().getCause().getKind()).isEqualTo(CauseKind.ENTITY);
        for (var store :
                new String[] {"entities", "entity-facts", "results", "echoes", "timers", "claims", "subject-claims"}) {
            assertThat(muster.store(store)).as(store).isEmpty();
        }
        assertThat(muster.store("ended")).hasSize(1);
        assertThat(muster.<String, Object>store("subject-facts").keySet())
                .as("facts outlive who claims them, and that its readiness ended")
                .containsExactly(
                        "readiness:" + PAYMENTS + "\0readiness",
                        "readiness:" + PAYMENTS + "\0readiness\0ready",
                        REPO + "\0runbook");

        muster.pass(Duration.ofHours(3)).observe(REPO, "d2", runbook(false, NOON, NOON.plusSeconds(1)));
        assertThat(muster.transitionRecords()).isEmpty();
    }

    @Test
    void anEntityThatComesBackGoesOnWithItsVersions() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON))
                .delete(PAYMENTS)
                .declare(entity(PAYMENTS, REPO));

        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("no-critical", Outcome.FAIL);
        assertThat(muster.transitions()).extracting(it -> it.getVersion()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(muster.transitions()).extracting(it -> it.getId()).doesNotHaveDuplicates();
    }

    @Test
    void anEditedEntityIsJudgedAgain() {
        muster.publish(scorecard("ready", 1, rule("tier", "entity.tier <= 2")))
                .declare(entity(PAYMENTS, 1, REPO))
                .declare(entity(PAYMENTS, 4, REPO));

        assertThat(muster.last().getKind()).isEqualTo(TransitionKind.CHANGED);
        assertThat(muster.last().getCause().getKind()).isEqualTo(CauseKind.ENTITY);
        assertThat(muster.last().getCause().getDeliveryId()).isEqualTo("apply-" + PAYMENTS);
        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("tier", Outcome.FAIL);
    }

    @Test
    void aScorecardBeginsAndCeasesToApplyWithTheEntity() {
        var critical = scorecard("critical", 1, noCritical()).setAppliesTo("entity.tier == 1");
        muster.publish(critical).declare(entity(PAYMENTS, 3, REPO));
        assertThat(muster.results()).isEmpty();

        muster.declare(entity(PAYMENTS, 1, REPO));
        assertThat(muster.results()).hasSize(1);
        assertThat(muster.last().getKind()).isEqualTo(TransitionKind.BASELINE);
        assertThat(muster.last().getCause().getBaseline()).isTrue();

        muster.declare(entity(PAYMENTS, 3, REPO));
        assertThat(muster.results()).isEmpty();
        assertThat(muster.last().getAfter()).isNull();
    }

    @Test
    void declaringTheSameAgainSaysNothing() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .declare(entity(PAYMENTS, REPO));

        assertThat(muster.resultRecords()).isEmpty();
        assertThat(muster.transitionRecords()).isEmpty();
    }

    @Test
    void anApprovedExemptionEndsByItself() {
        var exemption = """
                {"approvedBy":"bob","expires":"%s","finding":"","reason":"later","rule":"no-critical","state":"approved"}""".formatted(NOON.plus(Duration.ofDays(7)));
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON))
                .observe("entity:" + PAYMENTS, "d2", upsert("exemptions", "e1", exemption, NOON))
                .tick(1);
        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("no-critical", Outcome.EXEMPT);

        muster.pass(Duration.ofDays(8));

        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("no-critical", Outcome.FAIL);
        assertThat(muster.last().getAt()).isEqualTo(NOON.plus(Duration.ofDays(7)));
    }
}

package dev.muster.evaluator;

import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.PAYMENTS;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.confirmed;
import static dev.muster.evaluator.Known.coverage;
import static dev.muster.evaluator.Known.covered;
import static dev.muster.evaluator.Known.entity;
import static dev.muster.evaluator.Known.noCritical;
import static dev.muster.evaluator.Known.remove;
import static dev.muster.evaluator.Known.rule;
import static dev.muster.evaluator.Known.runbook;
import static dev.muster.evaluator.Known.scorecard;
import static dev.muster.evaluator.Known.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The level of an entity is a fact of those that depend on it.
class ReadinessTest {

    private static final String CHECKOUT = "component:default/checkout";

    private final Evaluation muster = new Evaluation();

    @AfterEach
    void stop() {
        muster.close();
    }

    @Test
    void whoDependsOnAnEntityLearnsOfItsLevelWithTheCauseOfTheChange() {
        muster.publish(ready(noCritical()), upstreams())
                .declare(entity(PAYMENTS, REPO), entity(CHECKOUT, "readiness:" + PAYMENTS))
                .observe(REPO, "d1", vulnerability("v1", "low", NOON));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.PASS);

        muster.pass(Duration.ofSeconds(1)).observe(REPO, "d2", vulnerability("v2", "critical", NOON.plusSeconds(1)));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.FAIL);
        assertThat(muster.last()).satisfies(it -> {
            assertThat(it.getEntity()).isEqualTo(CHECKOUT);
            assertThat(it.getKind()).isEqualTo(TransitionKind.REGRESSED);
            assertThat(it.getCause().getDeliveryId()).isEqualTo("d2");
            assertThat(it.getCause().getActor()).isEqualTo("octocat");
            assertThat(it.getCause().getFact()).isEqualTo("readiness");
            assertThat(it.getCause().getSubject()).isEqualTo("readiness:" + PAYMENTS);
        });

        muster.pass(Duration.ofSeconds(1)).observe(REPO, "d3", remove("vulnerabilities", "v2", NOON.plusSeconds(2)));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.PASS);
    }

    @Test
    void whoBeginsToDependLaterKnowsAtOnce() {
        muster.publish(ready(noCritical()), upstreams())
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON))
                .declare(entity(CHECKOUT, "readiness:" + PAYMENTS));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.FAIL);
        assertThat(muster.last().getKind()).isEqualTo(TransitionKind.BASELINE);
    }

    @Test
    void aDeadlineThatPassesUpstreamReachesThoseBelow() {
        muster.publish(ready(confirmed(Duration.ofHours(1))), upstreams())
                .declare(entity(PAYMENTS, REPO), entity(CHECKOUT, "readiness:" + PAYMENTS))
                .observe(REPO, "d1", runbook(true, NOON, NOON))
                .tick(3);
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.PASS);
        muster.pass(Duration.ofHours(1));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.FAIL);
        assertThat(muster.last().getCause().getDeliveryId())
                .isEqualTo(
                        "clock/" + PAYMENTS + "/ready/" + NOON.plusSeconds(3600).toEpochMilli());
    }

    @Test
    void anEntityThatGoesIsNoUpstreamAnyMore() {
        muster.publish(ready(noCritical()), upstreams())
                .declare(entity(PAYMENTS, REPO), entity(CHECKOUT, "readiness:" + PAYMENTS))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON))
                .pass(Duration.ofSeconds(1))
                .delete(PAYMENTS);
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.PASS);
        assertThat(muster.store("echoes")).doesNotContainKey(PAYMENTS + "\0ready");
    }

    @Test
    void aScorecardCanBuildOnAnother() {
        muster.publish(ready(noCritical()), upstreams())
                .declare(entity(PAYMENTS, REPO, "readiness:" + PAYMENTS))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON));
        assertThat(upstreamsAre(PAYMENTS)).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aCircleThatDoesNotComeToRestIsDampedAndCounted() {
        muster.publish(
                        scorecard(
                                "one",
                                1,
                                rule("not-two", "!readiness.exists(r, r.scorecard == 'two' && 'bronze' in r.reached)")),
                        scorecard(
                                "two",
                                1,
                                rule("as-one", "readiness.exists(r, r.scorecard == 'one' && 'bronze' in r.reached)")))
                .declare(entity(PAYMENTS, "readiness:" + PAYMENTS));
        assertThat(damped()).isEqualTo(1);
        var settled = muster.transitions().size();
        muster.tick(10);
        assertThat(muster.transitions()).hasSize(settled);

        muster.declare(entity(PAYMENTS, 3, "readiness:" + PAYMENTS));
        assertThat(muster.deadLetters()).isEmpty();
    }

    @Test
    void aLevelThatStaysIsNotTold() {
        muster.publish(ready(noCritical()), upstreams())
                .declare(entity(PAYMENTS, REPO), entity(CHECKOUT, "readiness:" + PAYMENTS))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON))
                .pass(Duration.ofSeconds(1))
                .observe(REPO, "d2", vulnerability("v2", "critical", NOON.plusSeconds(1)));
        assertThat(muster.resultRecords())
                .extracting(it -> it.value().getEntity())
                .containsOnly(PAYMENTS);
    }

    @Test
    void aLevelIsUndecidedUntilSomethingThatItNeedsFails() {
        muster.publish(scorecard("ready", 1, noCritical(), covered()), silverUpstreams())
                .declare(entity(PAYMENTS, REPO), entity(CHECKOUT, "readiness:" + PAYMENTS));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.UNKNOWN);

        muster.pass(Duration.ofSeconds(1)).observe(REPO, "d1", coverage(50, NOON));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.FAIL);
        assertThat(muster.last().getCause().getDeliveryId()).isEqualTo("d1");

        muster.pass(Duration.ofSeconds(1)).observe(REPO, "d2", coverage(90, NOON.plusSeconds(1)));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.UNKNOWN);

        muster.pass(Duration.ofSeconds(1)).observe(REPO, "d3", vulnerability("v1", "critical", NOON));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.FAIL);

        muster.pass(Duration.ofSeconds(1)).observe(REPO, "d4", remove("vulnerabilities", "v1", NOON.plusSeconds(2)));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.PASS);
    }

    @Test
    void aTierThatChangesReachesThoseBelow() {
        muster.publish(
                        ready(noCritical()),
                        scorecard(
                                "upstreams",
                                1,
                                rule("upstreams", "readiness.all(r, r.tier > 1 || 'bronze' in r.reached)")))
                .declare(entity(PAYMENTS, 3, REPO), entity(CHECKOUT, "readiness:" + PAYMENTS))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.PASS);
        muster.pass(Duration.ofSeconds(1)).declare(entity(PAYMENTS, 1, REPO));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aRuleThatBecomesOneOfAHigherLevelDecidesLess() {
        var covered = covered();
        var levels = List.of("bronze", "silver", "gold");
        muster.publish(
                        scorecard("ready", 1, confirmed(Duration.ofHours(1)), covered)
                                .setLevels(levels),
                        silverUpstreams())
                .declare(entity(PAYMENTS, REPO), entity(CHECKOUT, "readiness:" + PAYMENTS))
                .observe(REPO, "d1", coverage(50, NOON));
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.FAIL);
        var later = Rule.newBuilder(covered).setLevel("gold").build();
        muster.pass(Duration.ofSeconds(1))
                .publish(scorecard("ready", 2, confirmed(Duration.ofHours(1)), later)
                        .setLevels(levels))
                .tick(10);
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void ofADraftNobodyLearns() {
        muster.publish(ready(noCritical()).setDraft(true), upstreams())
                .declare(entity(PAYMENTS, 3, REPO), entity(CHECKOUT, "readiness:" + PAYMENTS))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON))
                .pass(Duration.ofSeconds(1))
                .declare(entity(PAYMENTS, 1, REPO));
        assertThat(muster.result(PAYMENTS, "ready").getDraft()).isTrue();
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.PASS);

        muster.pass(Duration.ofSeconds(1))
                .publish(ready(noCritical()).setVersion(2).setDigest("counts"))
                .tick(10);
        assertThat(muster.result(PAYMENTS, "ready").getDraft()).isFalse();
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.FAIL);

        muster.pass(Duration.ofSeconds(1))
                .publish(ready(noCritical())
                        .setVersion(3)
                        .setDigest("is a draft again")
                        .setDraft(true))
                .tick(10);
        assertThat(upstreamsAre(CHECKOUT)).isEqualTo(Outcome.PASS);
    }

    private double damped() {
        return muster.meters.counter("muster.evaluator.damped").count();
    }

    private static Scorecard.Builder ready(Rule rule) {
        return scorecard("ready", 1, rule);
    }

    private static Scorecard.Builder upstreams() {
        return scorecard(
                        "upstreams",
                        1,
                        rule("upstreams", "readiness.all(r, r.scorecard != 'ready' || 'bronze' in r.reached)"))
                .setLevels(List.of("bronze"));
    }

    private static Scorecard.Builder silverUpstreams() {
        return scorecard(
                "upstreams",
                1,
                rule(
                        "upstreams",
                        "readiness.all(r, r.scorecard != 'ready' || 'silver' in r.reached"
                                + " || ('silver' in r.undecided && unknown('not decided yet')))"));
    }

    private Outcome upstreamsAre(String entity) {
        return muster.result(entity, "upstreams").getRules().getFirst().getOutcome();
    }
}

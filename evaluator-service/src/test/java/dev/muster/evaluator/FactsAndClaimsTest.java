package dev.muster.evaluator;

import static dev.muster.evaluator.Evaluation.header;
import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.PAYMENTS;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.coverage;
import static dev.muster.evaluator.Known.covered;
import static dev.muster.evaluator.Known.entity;
import static dev.muster.evaluator.Known.noCritical;
import static dev.muster.evaluator.Known.observed;
import static dev.muster.evaluator.Known.remove;
import static dev.muster.evaluator.Known.scorecard;
import static dev.muster.evaluator.Known.snapshot;
import static dev.muster.evaluator.Known.upsert;
import static dev.muster.evaluator.Known.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.RuleOutcome;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FactsAndClaimsTest {

    private static final String REGISTER = REPO + "\0vulnerabilities";

    private final Evaluation muster = new Evaluation();

    @AfterEach
    void stop() {
        muster.close();
    }

    @Test
    void aComponentDeclaredAfterItsFactsHasTheRightScoreAtOnceAndNotifiesNobody() {
        muster.publish(scorecard("ready", 1, noCritical(), covered()))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON), coverage(91.5, NOON))
                .declare(entity(PAYMENTS, REPO));

        var result = muster.result(PAYMENTS, "ready");
        assertThat(outcomes(result)).containsEntry("no-critical", Outcome.FAIL).containsEntry("covered", Outcome.PASS);
        assertThat(result.getScore()).isEqualTo(50);
        assertThat(result.getCoverage()).isEqualTo(100);
        assertThat(result.getCause().getKind()).isEqualTo(CauseKind.CLAIM);
        assertThat(result.getCause().getSubject()).isEqualTo(REPO);
        assertThat(muster.transitions())
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.getKind()).isEqualTo(TransitionKind.BASELINE))
                .allSatisfy(it -> assertThat(it.getNotify()).isFalse());
    }

    @Test
    void tellsWhatRegressedWithItsCause() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", snapshot("vulnerabilities", Map.of(), NOON))
                .pass(Duration.ofSeconds(10))
                .observe(REPO, "d2", vulnerability("v1", "critical", NOON.plusSeconds(5)));

        var told = muster.last();
        assertThat(told.getKind()).isEqualTo(TransitionKind.REGRESSED);
        assertThat(told.getNotify()).isTrue();
        assertThat(told.getOwner()).isEqualTo("group:default/payments-team");
        assertThat(told.getTier()).isEqualTo(1);
        assertThat(told.getScorecardTitle()).isEqualTo("Title of ready");
        assertThat(told.getAt()).isEqualTo(NOON.plusSeconds(10));
        assertThat(told.getChanges()).singleElement().satisfies(change -> {
            assertThat(change.getTitle()).isEqualTo("Title of no-critical");
            assertThat(change.getBefore()).isEqualTo(Outcome.PASS);
            assertThat(change.getAfter()).isEqualTo(Outcome.FAIL);
            assertThat(change.getRemediation()).isEqualTo("do something about no-critical");
        });
        var cause = told.getCause();
        assertThat(cause.getKind()).isEqualTo(CauseKind.FACT);
        assertThat(cause.getSource()).isEqualTo("github");
        assertThat(cause.getDeliveryId()).isEqualTo("d2");
        assertThat(cause.getActor()).isEqualTo("octocat");
        assertThat(cause.getUrl()).isEqualTo("https://example.org/d2");
        assertThat(cause.getSubject()).isEqualTo(REPO);
        assertThat(cause.getFact()).isEqualTo("vulnerabilities");
        assertThat(cause.getBefore()).isNull();
        assertThat(cause.getAfter()).contains("critical");
        assertThat(cause.getAt()).isEqualTo(NOON.plusSeconds(5));
        assertThat(cause.getScorecardVersion()).isEqualTo(1);
    }

    @Test
    void theRecoverySaysWhatTheValueWas() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON))
                .observe(REPO, "d2", remove("vulnerabilities", "v1", NOON.plusSeconds(9)));

        assertThat(muster.last().getKind()).isEqualTo(TransitionKind.RECOVERED);
        assertThat(muster.last().getCause().getBefore()).contains("critical");
        assertThat(muster.last().getCause().getAfter()).isNull();
        assertThat(muster.result(PAYMENTS, "ready").getLevel()).isEqualTo("silver");
    }

    @Test
    void whatWasSoBeforeTheConnectionExistedIsABaseline() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .observe(observed(REPO, "d1", true, vulnerability("v1", "critical", NOON)));

        assertThat(muster.last().getKind()).isEqualTo(TransitionKind.BASELINE);
        assertThat(muster.last().getCause().getBaseline()).isTrue();
        assertThat(muster.last().getNotify()).isFalse();
    }

    @Test
    void aLostClaimTakesItsFactsWithIt() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON))
                .declare(entity(PAYMENTS));

        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("no-critical", Outcome.UNKNOWN);
        assertThat(muster.last().getKind()).isEqualTo(TransitionKind.CHANGED);
        assertThat(muster.last().getCause().getKind()).isEqualTo(CauseKind.CLAIM);
        assertThat(muster.store("entity-facts")).isEmpty();

        muster.observe(REPO, "d2", vulnerability("v2", "critical", NOON));
        assertThat(muster.transitionRecords()).isEmpty();
    }

    @Test
    void aClaimThatComesBackBringsWhatHappenedMeanwhile() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .declare(entity(PAYMENTS))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON))
                .declare(entity(PAYMENTS, REPO));

        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("no-critical", Outcome.FAIL);
    }

    @Test
    void oneSubjectOfTwoEntitiesChangesBothAndNoOther() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(
                        entity("component:default/a", REPO),
                        entity("component:default/b", REPO),
                        entity("component:default/c", "repo:github.com/acme/c"))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON));

        assertThat(muster.transitionRecords())
                .extracting(it -> it.key())
                .containsExactlyInAnyOrder("component:default/a", "component:default/b");
    }

    @Test
    void nobodysFactIsKeptAndCounted() {
        muster.observe(REPO, "d1", vulnerability("v1", "critical", NOON));

        assertThat(muster.count("unclaimed")).isEqualTo(1);
        assertThat(muster.store("subject-facts")).containsOnlyKeys(REGISTER, REGISTER + "\0v1");
    }

    @Test
    void aChangeToOneItemWritesNoOther() {
        muster.publish(scorecard("ready", 1, noCritical())).declare(entity(PAYMENTS, REPO));
        for (var i = 0; i < 50; i++) {
            muster.observe(REPO, "d" + i, vulnerability("v" + i, "low", NOON));
        }
        muster.written("subject-facts");
        muster.written("entity-facts");

        muster.observe(REPO, "d", vulnerability("v7", "critical", NOON.plusSeconds(1)));

        assertThat(muster.written("subject-facts"))
                .filteredOn(key -> key.startsWith(REPO))
                .containsExactly(REGISTER + "\0v7");
        assertThat(muster.written("entity-facts")).hasSize(1);
        assertThat(muster.result(PAYMENTS, "ready").getRules().getFirst().getOutcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void itemsThatTheBoundPushesOutLeaveTheirRows() {
        for (var i = 0; i < 6; i++) {
            muster.observe(REPO, "d" + i, upsert("alerts", "a" + i, "{}", NOON.plusSeconds(i)));
        }

        assertThat(muster.store("subject-facts").keySet())
                .extracting(it -> it.toString().substring(REPO.length() + 1))
                .containsExactly("alerts", "alerts\0a2", "alerts\0a3", "alerts\0a4", "alerts\0a5");
    }

    @Test
    void evaluatesOnlyTheRulesThatReadTheFact() {
        muster.publish(scorecard("ready", 1, noCritical(), covered()), scorecard("other", 1, covered()))
                .declare(entity(PAYMENTS, REPO))
                .tick(1)
                .observe(REPO, "d1", coverage(10, NOON));
        var before = muster.count("rules");

        muster.observe(REPO, "d2", vulnerability("v1", "critical", NOON));

        assertThat(muster.count("rules")).isEqualTo(before + 1);
        assertThat(muster.count("rules", "scorecard", "ready"))
                .isEqualTo(before - muster.count("rules", "scorecard", "other") + 1);
        assertThat(outcomes(muster.result(PAYMENTS, "ready")))
                .containsEntry("no-critical", Outcome.FAIL)
                .containsEntry("covered", Outcome.FAIL);
    }

    @Test
    void aDuplicateSaysNothingAndEvaluatesNothing() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON));
        var before = muster.count("rules");

        muster.observe(REPO, "d1", vulnerability("v1", "critical", NOON));

        assertThat(muster.resultRecords()).isEmpty();
        assertThat(muster.transitionRecords()).isEmpty();
        assertThat(muster.count("rules")).isEqualTo(before);
    }

    @Test
    void newEvidenceForTheSameOutcomeIsToldWithoutATransition() {
        muster.publish(scorecard("ready", 1, covered()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", coverage(90, NOON));
        var version = muster.result(PAYMENTS, "ready").getVersion();

        muster.observe(REPO, "d2", coverage(90, NOON.plusSeconds(60)));

        assertThat(muster.transitionRecords()).isEmpty();
        assertThat(muster.resultRecords()).singleElement().satisfies(it -> {
            assertThat(it.value().getVersion()).isEqualTo(version);
            assertThat(it.value().getRules().getFirst().getEvidence().getFirst().getObservedAt())
                    .isEqualTo(NOON.plusSeconds(60));
            assertThat(header(it.headers(), "correlation-id")).isEqualTo("d2");
        });
    }

    @Test
    void everyChangeOfOneDeliveryHasItsOwnTransition() {
        muster.publish(scorecard("ready", 1, noCritical(), covered()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON), coverage(10, NOON));

        assertThat(muster.transitionRecords())
                .extracting(it -> it.value().getCause().getFact())
                .containsExactly("vulnerabilities", "coverage");
    }

    @Test
    void whatIsToldCarriesCloudEventsHeadersAndTheCorrelationId() {
        muster.publish(scorecard("ready", 1, noCritical()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", vulnerability("v1", "critical", NOON));

        assertThat(muster.resultRecords()).singleElement().satisfies(it -> {
            assertThat(it.key()).isEqualTo(PAYMENTS + "|ready");
            assertThat(header(it.headers(), "ce_type")).isEqualTo("dev.muster.result.changed.v1");
            assertThat(header(it.headers(), "ce_source")).isEqualTo("/muster/evaluator");
            assertThat(header(it.headers(), "ce_subject")).isEqualTo(PAYMENTS);
            assertThat(header(it.headers(), "correlation-id")).isEqualTo("d1");
        });
        assertThat(muster.transitionRecords()).singleElement().satisfies(it -> {
            assertThat(it.key()).isEqualTo(PAYMENTS);
            assertThat(header(it.headers(), "ce_id")).isEqualTo(it.value().getId());
            assertThat(header(it.headers(), "ce_type")).isEqualTo("dev.muster.transition.regressed.v1");
            assertThat(header(it.headers(), "correlation-id")).isEqualTo("d1");
        });
    }

    static Map<String, Outcome> outcomes(Result result) {
        return result.getRules().stream()
                .collect(java.util.stream.Collectors.toMap(RuleOutcome::getRule, RuleOutcome::getOutcome));
    }
}

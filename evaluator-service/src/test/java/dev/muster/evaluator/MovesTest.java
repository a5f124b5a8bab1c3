package dev.muster.evaluator;

import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.PAYMENTS;
import static dev.muster.evaluator.Known.coverage;
import static dev.muster.evaluator.Known.covered;
import static dev.muster.evaluator.Known.deleted;
import static dev.muster.evaluator.Known.entity;
import static dev.muster.evaluator.Known.inUse;
import static dev.muster.evaluator.Known.movedTo;
import static dev.muster.evaluator.Known.noCritical;
import static dev.muster.evaluator.Known.remove;
import static dev.muster.evaluator.Known.scorecard;
import static dev.muster.evaluator.Known.vulnerability;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Evidence;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.RuleOutcome;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Repositories are renamed, transferred, deleted, and their names are used again.
class MovesTest {

    private static final String BILLING = "repo:github.com/acme/billing";
    private static final String PAY = "repo:github.com/acme/pay";
    private static final String LEGACY = "repo:github.com/acme/legacy";
    private static final String OTHER = "component:default/other";

    private final Evaluation muster = new Evaluation().publish(scorecard("ready", 1, noCritical(), covered()));

    @AfterEach
    void stop() {
        muster.close();
    }

    @Test
    void aCatalogueThatNamesTheOldSlugGoesOn() {
        muster.declare(entity(PAYMENTS, BILLING))
                .observe(BILLING, "d1", vulnerability("v1", "critical", NOON), coverage(91, NOON))
                .observe(BILLING, "d2", movedTo(PAY, at(5)));

        assertThat(muster.transitionRecords()).isEmpty();
        assertThat(outcomes(PAYMENTS))
                .containsEntry("no-critical", Outcome.FAIL)
                .containsEntry("covered", Outcome.PASS);
        assertThat(muster.result(PAYMENTS, "ready").getRules())
                .flatExtracting(RuleOutcome::getEvidence)
                .extracting(Evidence::getSubject)
                .containsOnly(PAY);

        muster.observe(PAY, "d3", remove("vulnerabilities", "v1", at(9)));
        assertThat(muster.last().getKind()).isEqualTo(TransitionKind.RECOVERED);
        assertThat(muster.last().getCause().getSubject()).isEqualTo(PAY);
    }

    @Test
    void whoeverNamesTheNewSlugHasTheHistoryAtOnce() {
        muster.observe(BILLING, "d1", vulnerability("v1", "critical", NOON), coverage(91, NOON))
                .observe(BILLING, "d2", movedTo(PAY, at(5)))
                .declare(entity(PAYMENTS, PAY));

        assertThat(outcomes(PAYMENTS))
                .containsEntry("no-critical", Outcome.FAIL)
                .containsEntry("covered", Outcome.PASS);
        assertThat(muster.store("subject-facts").keySet()).noneMatch(it -> isOf(BILLING, it));
    }

    @Test
    void theCatalogueMayChangeToTheNewSlugWithoutALoss() {
        muster.observe(BILLING, "d1", vulnerability("v1", "critical", NOON))
                .declare(entity(PAYMENTS, BILLING))
                .observe(BILLING, "d2", movedTo(PAY, at(5)))
                .declare(entity(PAYMENTS, PAY));

        assertThat(outcomes(PAYMENTS)).containsEntry("no-critical", Outcome.FAIL);
        muster.declare(entity(PAYMENTS));
        assertThat(outcomes(PAYMENTS)).containsEntry("no-critical", Outcome.UNKNOWN);
        assertThat(muster.store("entity-facts")).isEmpty();
    }

    @Test
    void whatArrivesLateUnderTheOldNameCountsForTheNewOne() {
        muster.declare(entity(PAYMENTS, BILLING), entity(OTHER, PAY))
                .observe(BILLING, "d2", movedTo(PAY, at(5)))
                .observe(BILLING, "d1", vulnerability("v1", "critical", NOON));

        assertThat(outcomes(PAYMENTS)).containsEntry("no-critical", Outcome.FAIL);
        assertThat(outcomes(OTHER)).containsEntry("no-critical", Outcome.FAIL);
        assertThat(muster.last().getCause().getKind()).isEqualTo(CauseKind.FACT);
        assertThat(muster.last().getCause().getDeliveryId()).isEqualTo("d1");
        assertThat(muster.retold())
                .singleElement()
                .satisfies(it -> assertThat(it.getSubject()).isEqualTo(PAY))
                .satisfies(it -> assertThat(it.getMoved().getFrom()).isEqualTo(BILLING));
    }

    @Test
    void aNameThatMovedOnIsFollowedToItsEnd() {
        muster.declare(entity(PAYMENTS, BILLING))
                .observe(BILLING, "d1", vulnerability("v1", "critical", NOON))
                .observe(PAY, "d3", movedTo(LEGACY, at(9)))
                .observe(BILLING, "d2", movedTo(PAY, at(5)));

        assertThat(outcomes(PAYMENTS)).containsEntry("no-critical", Outcome.FAIL);
        muster.observe(LEGACY, "d4", remove("vulnerabilities", "v1", at(11)));
        assertThat(outcomes(PAYMENTS)).containsEntry("no-critical", Outcome.PASS);
    }

    @Test
    void aNameThatCameBackIsTheNewestOne() {
        muster.declare(entity(PAYMENTS, BILLING), entity(OTHER, PAY))
                .observe(BILLING, "d1", vulnerability("v1", "critical", NOON))
                .observe(PAY, "d3", movedTo(BILLING, at(9)))
                .observe(BILLING, "d2", movedTo(PAY, at(5)))
                .observe(PAY, "d4", coverage(91, at(10)));

        assertThat(outcomes(PAYMENTS))
                .isEqualTo(outcomes(OTHER))
                .containsEntry("no-critical", Outcome.FAIL)
                .containsEntry("covered", Outcome.PASS);
    }

    @Test
    void aNameThatIsUsedAgainKnowsNothingOfWhatHadIt() {
        muster.observe(BILLING, "d1", vulnerability("v1", "critical", NOON))
                .declare(entity(PAYMENTS, PAY), entity(OTHER, BILLING))
                .observe(BILLING, "d2", movedTo(PAY, at(5)))
                .observe(BILLING, "d3", inUse(at(20)))
                .observe(BILLING, "d4", coverage(10, at(21)));

        assertThat(outcomes(PAYMENTS))
                .containsEntry("no-critical", Outcome.FAIL)
                .containsEntry("covered", Outcome.UNKNOWN);
        assertThat(outcomes(OTHER))
                .containsEntry("no-critical", Outcome.UNKNOWN)
                .containsEntry("covered", Outcome.FAIL);

        // A delivery that is mapped once more still counts for what had the name then.
        muster.observe(BILLING, "d0", coverage(95, at(1)));
        assertThat(outcomes(PAYMENTS)).containsEntry("covered", Outcome.PASS);
        assertThat(outcomes(OTHER)).containsEntry("covered", Outcome.FAIL);
    }

    @Test
    void aRepositoryTakesOverTheNameOfAnother() {
        muster.observe(PAY, "d1", vulnerability("v1", "critical", NOON))
                .observe(BILLING, "d2", coverage(91, NOON))
                .declare(entity(PAYMENTS, BILLING), entity(OTHER, LEGACY))
                .observe(PAY, "d3", movedTo(LEGACY, at(5)))
                .observe(BILLING, "d4", movedTo(PAY, at(6)));

        assertThat(outcomes(PAYMENTS))
                .containsEntry("no-critical", Outcome.UNKNOWN)
                .containsEntry("covered", Outcome.PASS);
        assertThat(outcomes(OTHER))
                .containsEntry("no-critical", Outcome.FAIL)
                .containsEntry("covered", Outcome.UNKNOWN);
    }

    @Test
    void nothingIsKnownOfADeletedRepositoryAndTheReasonSaysSo() {
        muster.declare(entity(PAYMENTS, BILLING))
                .observe(BILLING, "d1", vulnerability("v1", "low", NOON), coverage(91, NOON))
                .observe(BILLING, "d2", deleted(at(5)));

        assertThat(outcomes(PAYMENTS).values()).containsOnly(Outcome.UNKNOWN);
        assertThat(muster.result(PAYMENTS, "ready").getRules().getFirst().getMessage())
                .isEqualTo(BILLING + " was deleted at " + NOON + ", and nothing has reported vulnerabilities since");
        assertThat(muster.last().getCause().getFact()).isEqualTo("whereabouts");
        assertThat(muster.last().getCause().getDeliveryId()).isEqualTo("d2");

        muster.observe(BILLING, "d3", vulnerability("v2", "critical", at(6)));
        assertThat(outcomes(PAYMENTS)).containsEntry("no-critical", Outcome.UNKNOWN);
        muster.observe(BILLING, "d4", inUse(at(8)), coverage(20, at(9)));
        assertThat(outcomes(PAYMENTS))
                .containsEntry("covered", Outcome.FAIL)
                .containsEntry("no-critical", Outcome.UNKNOWN);
    }

    @Test
    void whatIsNoSubjectTakesNobodysPlace() {
        muster.observe(BILLING, "d1", movedTo("nowhere", NOON));

        assertThat(muster.deadLetters())
                .singleElement()
                .satisfies(it -> assertThat(it.value().getMessage()).contains("moved to what is no subject"));
    }

    @Test
    void newsThatAreNotNewTellNothingAgain() {
        var news = Known.observed(BILLING, "d2", movedTo(PAY, at(5)));
        muster.observe(BILLING, "d1", vulnerability("v1", "critical", NOON)).observe(news);
        assertThat(muster.retold()).extracting(FactsObserved::getSubject).containsExactly(PAY, PAY);

        muster.observe(news);
        assertThat(muster.retold()).isEmpty();
    }

    private static boolean isOf(String subject, Object key) {
        return key.toString().startsWith(subject + "\0") && !key.toString().endsWith("whereabouts");
    }

    private Map<String, Outcome> outcomes(String entity) {
        return muster.result(entity, "ready").getRules().stream()
                .collect(toMap(RuleOutcome::getRule, RuleOutcome::getOutcome));
    }

    private static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }
}

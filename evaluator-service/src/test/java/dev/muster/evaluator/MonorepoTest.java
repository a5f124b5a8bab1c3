package dev.muster.evaluator;

import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.PAYMENTS;
import static dev.muster.evaluator.Known.coverage;
import static dev.muster.evaluator.Known.covered;
import static dev.muster.evaluator.Known.entity;
import static dev.muster.evaluator.Known.entityIn;
import static dev.muster.evaluator.Known.movedTo;
import static dev.muster.evaluator.Known.noCritical;
import static dev.muster.evaluator.Known.scorecard;
import static dev.muster.evaluator.Known.snapshot;
import static dev.muster.evaluator.Known.vulnerability;
import static dev.muster.evaluator.Known.vulnerabilityIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Transition;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several components live in one repository.
class MonorepoTest {

    private static final String MONO = "repo:github.com/acme/mono";
    private static final String ONE = "repo:github.com/acme/one";
    private static final String LEDGER = "component:default/ledger";

    private final Evaluation muster = new Evaluation()
            .publish(scorecard("ready", 1, noCritical(), covered()))
            .declare(entityIn("services/pay", PAYMENTS, MONO), entityIn("services/ledger", LEDGER, MONO))
            .observe(MONO, "d0", snapshot("vulnerabilities", Map.of(), NOON), coverage(91, NOON));

    @AfterEach
    void stop() {
        muster.close();
    }

    @Test
    void whatIsInTheFolderOfOneComponentCountsForThatOneOnly() {
        muster.observe(MONO, "d1", vulnerabilityIn("services/pay/pom.xml", "v1", NOON.plusSeconds(1)));

        assertThat(muster.transitionRecords())
                .extracting(it -> it.value().getEntity())
                .containsExactly(PAYMENTS);
        assertThat(muster.last().getChanges())
                .singleElement()
                .satisfies(it -> assertThat(it.getRule()).isEqualTo("no-critical"));
        assertThat(outcome(LEDGER)).isEqualTo(Outcome.PASS);
    }

    @Test
    void aFolderOfALongerNameIsAnother() {
        muster.observe(MONO, "d1", vulnerabilityIn("services/payroll/pom.xml", "v1", NOON.plusSeconds(1)));

        assertThat(muster.transitionRecords()).isEmpty();
    }

    @Test
    void whatDoesNotSayWhereItIsCountsForAll() {
        muster.observe(MONO, "d1", vulnerability("v1", "critical", NOON.plusSeconds(1)));

        assertThat(muster.transitionRecords())
                .extracting(it -> it.value())
                .extracting(Transition::getEntity)
                .containsExactlyInAnyOrder(PAYMENTS, LEDGER);
    }

    @Test
    void anotherFolderCountsFromItsDeclarationOn() {
        muster.observe(MONO, "d1", vulnerabilityIn("services/pay/pom.xml", "v1", NOON.plusSeconds(1)))
                .declare(entityIn("services/ledger", PAYMENTS, MONO));
        assertThat(outcome(PAYMENTS)).isEqualTo(Outcome.PASS);

        muster.declare(entityIn("services", PAYMENTS, MONO));
        assertThat(outcome(PAYMENTS)).isEqualTo(Outcome.FAIL);

        muster.declare(entityIn("services/ledger", PAYMENTS, MONO)).declare(entity(PAYMENTS, MONO));
        assertThat(outcome(PAYMENTS)).isEqualTo(Outcome.FAIL);
    }

    @Test
    void theFolderGoesWithTheRepository() {
        muster.observe(MONO, "d1", vulnerabilityIn("services/pay/pom.xml", "v1", NOON.plusSeconds(1)))
                .observe(MONO, "d2", movedTo(ONE, NOON.plusSeconds(5)))
                .observe(ONE, "d3", vulnerabilityIn("services/pay/pom.xml", "v2", NOON.plusSeconds(6)));

        assertThat(outcome(PAYMENTS)).isEqualTo(Outcome.FAIL);
        assertThat(outcome(LEDGER)).isEqualTo(Outcome.PASS);
        muster.observe(ONE, "d4", vulnerabilityIn("services/ledger/pom.xml", "v3", NOON.plusSeconds(7)));
        assertThat(outcome(LEDGER)).isEqualTo(Outcome.FAIL);
    }

    private Outcome outcome(String entity) {
        return muster.result(entity, "ready").getRules().getFirst().getOutcome();
    }
}

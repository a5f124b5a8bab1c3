package dev.muster.portal.waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Told;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Step;
import dev.muster.schemas.v1.StepKind;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WaiverPageTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Portal PORTAL = Portal.shared();
    private static final Told TOLD = new Told(PORTAL, "waiver-card");

    @BeforeAll
    static void tell() {
        TOLD.publish("Waivers");
        TOLD.declare("waived", "group:default/waiver-team");
        TOLD.happen(null, "waived", 1, "gold", NOW, TransitionKind.BASELINE, "coverage", "EXEMPT");
        exempt("waiting", "on-call", 30, step(StepKind.REQUESTED, "ada", -3));
        exempt("granted", "coverage", 30, step(StepKind.REQUESTED, "ada", -3), step(StepKind.APPROVED, "linus", -2));
        exempt("over", "tests-pass", -1, step(StepKind.REQUESTED, "ada", -9), step(StepKind.APPROVED, "linus", -8));
        exempt("late", "tests-pass", -1, step(StepKind.REQUESTED, "ada", -9));
        PORTAL.tell(
                PORTAL.topics().attestations(),
                "said",
                Attestation.newBuilder()
                        .setId("said")
                        .setEntity("component:default/waived")
                        .setRule("has-runbook")
                        .setEvidence("https://example.org/drill")
                        .setExpiresAt(NOW.plus(Duration.ofDays(90)))
                        .setSteps(List.of(step(StepKind.ATTESTED, "grace", -1)))
                        .build());
        await().untilAsserted(() -> assertThat(ids("all")).contains("waiting", "granted", "over", "late", "said"));
    }

    @Test
    void asksForADecisionOnlyWhereItStillMatters() {
        assertThat(ids("open")).contains("waiting").doesNotContain("granted", "over", "late", "said");
        assertThat(PORTAL.get("/exemptions").body())
                .contains("./muster exempt approve waiting", "waits for a decision", "replaced next month")
                .doesNotContain("./muster exempt approve late");
    }

    @Test
    void countsAsInForceWhatWasDecidedAndHasNotEnded() {
        assertThat(ids("active")).contains("granted", "said").doesNotContain("waiting", "over", "late");
        assertThat(PORTAL.get("/exemptions?show=active").body())
                .contains("Exemption approved", "approved by linus", "Attestation attested");
    }

    @Test
    void standsOnThePageOfTheEntityAndInsideTheRule() {
        var page = PORTAL.get("/entities/component:default/waived?scorecard=waiver-card")
                .body();

        assertThat(page).contains("Exemptions and attestations", "Exemption expired", "https://example.org/drill");
        assertThat(page.substring(page.indexOf("id=\"rule-coverage\""), page.indexOf("id=\"rule-no-leaked-secret\"")))
                .contains("approved", "replaced next month");
    }

    @Test
    void isGoneWithItsTombstone() {
        exempt("revoked", "on-call", 5, step(StepKind.REQUESTED, "ada", -1));
        await().untilAsserted(() -> assertThat(ids("open")).contains("revoked"));
        PORTAL.tell(PORTAL.topics().exemptions(), "revoked", null);
        await().untilAsserted(() -> assertThat(ids("all")).doesNotContain("revoked"));
    }

    private static List<String> ids(String show) {
        return PORTAL.texts(
                PORTAL.json("/api/v1/exemptions?limit=200&show=" + show).path("items"), "id");
    }

    private static void exempt(String id, String rule, int days, Step... steps) {
        PORTAL.tell(
                PORTAL.topics().exemptions(),
                id,
                Exemption.newBuilder()
                        .setId(id)
                        .setEntity("component:default/waived")
                        .setRule(rule)
                        .setReason("replaced next month")
                        .setExpiresAt(NOW.plus(Duration.ofDays(days)))
                        .setSteps(List.of(steps))
                        .build());
    }

    private static Step step(StepKind kind, String actor, int days) {
        return Step.newBuilder()
                .setKind(kind)
                .setActor(actor)
                .setAt(NOW.plus(Duration.ofDays(days)))
                .setRequestId("request")
                .build();
    }
}

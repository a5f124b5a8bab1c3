package dev.muster.portal.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.portal.Told;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.RuleChange;
import dev.muster.schemas.v1.Step;
import dev.muster.schemas.v1.StepKind;
import dev.muster.schemas.v1.Transition;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// In the morning a component was silver and one rule failed. At noon that rule was taken out of the
/// scorecard, which made it gold; what it depends on fell from gold to bronze; and an exemption that was
/// asked for in the morning was approved.
class EntityPastTest {

    private static final Instant MORNING =
            Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.HOURS);
    private static final Instant THEN = MORNING.plus(Duration.ofHours(1));
    private static final Instant NOON = MORNING.plus(Duration.ofHours(6));
    private static final Portal PORTAL = Portal.shared();
    private static final String CARD = "past-card";
    private static final String REF = "component:default/past-upper";
    private static final String PAGE = "/entities/" + REF;

    @BeforeAll
    static void tell() {
        var told = new Told(PORTAL, CARD);
        told.publish("Past card");
        var upper = Entity.newBuilder(Story.component("past-upper", "group:default/past-team", 1))
                .setDependsOn(List.of("component:default/past-lower"))
                .build();
        PORTAL.tell(PORTAL.topics().catalog(), REF, upper);
        told.declare("past-lower", "group:default/past-team");
        var lower = told.happen(null, "past-lower", 1, "gold", MORNING, TransitionKind.BASELINE);
        told.happen(lower, "past-lower", 2, "bronze", NOON, TransitionKind.REGRESSED, "tests-pass", "FAIL");
        var first = told.happen(
                null, "past-upper", 1, "silver", MORNING, TransitionKind.BASELINE, "alerts-have-runbooks", "FAIL");
        takeOut("alerts-have-runbooks", first);
        exempt("e-past", step(StepKind.REQUESTED, MORNING), step(StepKind.APPROVED, NOON));
        exempt("e-later", step(StepKind.REQUESTED, NOON));
        PORTAL.awaitTold();
        await().untilAsserted(() -> {
            assertThat(PORTAL.get(PAGE).body()).contains("w-e-later", "t-past-upper-without", "past-lower, Bronze");
            assertThat(PORTAL.get(PAGE).body()).doesNotContain("id=\"rule-alerts-have-runbooks\"");
        });
    }

    private static void takeOut(String rule, Result first) {
        var whole = Result.newBuilder(Story.result(REF, 2, "gold", NOON, Map.of()))
                .setScorecard(CARD)
                .build();
        var gone = first.getRules().stream()
                .filter(it -> it.getRule().equals(rule))
                .findFirst()
                .orElseThrow();
        PORTAL.tell(
                PORTAL.topics().transitions(),
                REF,
                Transition.newBuilder(Story.transition(first, whole, TransitionKind.CHANGED, "group:default/past-team"))
                        .setId("past-upper-without")
                        .setScorecard(CARD)
                        .setChanges(List.of(RuleChange.newBuilder()
                                .setRule(rule)
                                .setTitle(gone.getTitle())
                                .setLevel(gone.getLevel())
                                .setBefore(Outcome.FAIL)
                                .setAfter(null)
                                .setMessage("")
                                .build()))
                        .build());
        PORTAL.tell(
                PORTAL.topics().results(),
                REF + "|" + CARD,
                Result.newBuilder(whole)
                        .setRules(whole.getRules().stream()
                                .filter(it -> !it.getRule().equals(rule))
                                .toList())
                        .build());
    }

    private static void exempt(String id, Step... steps) {
        PORTAL.tell(
                PORTAL.topics().exemptions(),
                id,
                Exemption.newBuilder()
                        .setId(id)
                        .setEntity(REF)
                        .setRule("alerts-have-runbooks")
                        .setReason("Soon.")
                        .setExpiresAt(MORNING.plus(Duration.ofDays(30)))
                        .setSteps(List.of(steps))
                        .build());
    }

    private static Step step(StepKind kind, Instant at) {
        return Step.newBuilder()
                .setKind(kind)
                .setActor("ada")
                .setAt(at)
                .setRequestId("request")
                .build();
    }

    @Test
    void namesRulesThatAreGoneSince() {
        var past = section(then(), "past");

        assertThat(past)
                .contains("Every alert links a runbook", "not there any more", "now Gold, score 100")
                .doesNotContain("Every rule had the outcome that it has now");
        assertThat(then()).containsPattern("id=\"rule-alerts-have-runbooks\"[^>]*data-state=\"FAIL ");
    }

    @Test
    void showsTheResultOfThenWithItsCauseAndHistory() {
        assertThat(section(then(), "summary"))
                .contains("aria-label=\"Score 92 of 100\"", "Silver", "What is missing for Gold")
                .doesNotContain("The highest level is reached", "Evaluated");
        assertThat(section(then(), "cause")).contains("72d3162e-cc78-11e3-81ab-4c9367dc0001", "version 1");
        assertThat(section(then(), "history"))
                .contains("t-past-card-past-upper-1", "data-until=\"" + THEN + "\"")
                .doesNotContain("t-past-upper-without");
        assertThat(section(PORTAL.get(PAGE).body(), "summary"))
                .contains("aria-label=\"Score 100 of 100\"", "The highest level is reached");
    }

    @Test
    void showsNoEvidenceOfNowAndOffersNothingToDo() {
        var past = PORTAL.get(PAGE + "?asOf=" + THEN, "Authorization", "Bearer a-test-token-of-some-length")
                .body();

        assertThat(past).doesNotContain("class=\"evidence\"", "Ask for an exemption", "Can change by itself");
        assertThat(past).containsPattern("id=\"rule-alerts-have-runbooks\"[^>]*data-state=\"FAIL " + MORNING);
    }

    @Test
    void showsTheLevelsOfThenOfWhatItDependsOn() {
        assertThat(section(then(), "dependencies"))
                .contains("<title>past-lower, Gold</title>", "who depends on whom is so now")
                .doesNotContain("Bronze");
    }

    @Test
    void showsExemptionsAsTheyStoodThen() {
        assertThat(section(then(), "waivers"))
                .contains("w-e-past", "Exemption waits for a decision")
                .doesNotContain("w-e-later", "approved");
        assertThat(section(PORTAL.get(PAGE).body(), "waivers")).contains("w-e-later", "Exemption approved");
    }

    @Test
    void saysThatThereWasNoResult() {
        assertThat(PORTAL.get(PAGE + "?asOf=" + MORNING.minusSeconds(60)).body())
                .contains("Not scored then")
                .doesNotContain("id=\"summary\"", "w-e-past", "No scorecard applies to it");
    }

    private static String then() {
        return PORTAL.get(PAGE + "?asOf=" + THEN).body();
    }

    private static String section(String page, String id) {
        int begin = page.indexOf("id=\"" + id + "\"");
        assertThat(begin).as(id).isPositive();
        var rest = page.substring(begin);
        var next = java.util.regex.Pattern.compile("<section class=\"(?:card|rules)[^>]* id=\"(?!" + id + "\")")
                .matcher(rest);
        return next.find() ? rest.substring(0, next.start()) : rest;
    }
}

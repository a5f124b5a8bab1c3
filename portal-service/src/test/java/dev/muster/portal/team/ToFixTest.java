package dev.muster.portal.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.portal.Told;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Five rules fail in four components of one team. Which is worth most depends on the level that it opens, on
/// points, on the tier and on the effort; each of them decides once here.
class ToFixTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final Portal PORTAL = Portal.shared();
    private static final String CARD = "fix-card";
    private static final String DRAFT = "fix-draft";
    private static final String TEAM = "group:default/fixers";
    private static final Map<String, String> EFFORTS =
            Map.of("has-runbook", "low", "max-known-vulnerabilities", "high", "coverage", "medium");

    private static final List<String> ORDER = List.of(
            "fix-critical has-runbook",
            "fix-minor has-runbook",
            "fix-critical-slow max-known-vulnerabilities",
            "fix-minor-many tests-pass",
            "fix-minor-many coverage");

    @BeforeAll
    static void tell() {
        publish(CARD, false);
        publish(DRAFT, true);
        declare("fix-critical", 1);
        declare("fix-critical-slow", 1);
        declare("fix-minor", 3);
        declare("fix-minor-many", 3);
        var told = new Told(PORTAL, CARD);
        told.happen(
                null,
                "fix-minor-many",
                1,
                "bronze",
                MORNING,
                TransitionKind.BASELINE,
                "coverage",
                "FAIL",
                "tests-pass",
                "FAIL");
        told.happen(
                null,
                "fix-critical-slow",
                1,
                null,
                MORNING,
                TransitionKind.BASELINE,
                "max-known-vulnerabilities",
                "FAIL");
        told.happen(null, "fix-minor", 1, null, MORNING, TransitionKind.BASELINE, "has-runbook", "FAIL");
        told.happen(null, "fix-critical", 1, null, MORNING, TransitionKind.BASELINE, "has-runbook", "FAIL");
        new Told(PORTAL, DRAFT)
                .happen(null, "fix-critical", 1, null, MORNING, TransitionKind.BASELINE, "on-call", "FAIL");
        PORTAL.awaitTold();
        await().untilAsserted(() -> assertThat(
                        PORTAL.json("/api/v1/failing?scorecard=" + DRAFT).path("items"))
                .hasSize(1));
    }

    private static void publish(String name, boolean draft) {
        var rules = Story.scorecard().getRules().stream()
                .map(it ->
                        Rule.newBuilder(it).setEffort(EFFORTS.get(it.getId())).build())
                .toList();
        PORTAL.tell(
                PORTAL.topics().scorecards(),
                name,
                Scorecard.newBuilder(Story.scorecard())
                        .setName(name)
                        .setDraft(draft)
                        .setRules(rules)
                        .build());
    }

    private static void declare(String name, int tier) {
        var component = Story.component(name, TEAM, tier);
        PORTAL.tell(PORTAL.topics().catalog(), component.getRef(), component);
    }

    @Test
    void namesFirstWhatBuysMostForItsEffort() {
        var toFix = PORTAL.json("/api/v1/teams/" + TEAM).path("toFix");

        assertThat(toFix.valueStream()
                        .map(it -> it.path("entity").asString().replace("component:default/", "") + " "
                                + it.path("rule").path("id").asString()))
                .containsExactlyElementsOf(ORDER);
        assertThat(toFix.valueStream().map(it -> it.path("gain").path("worth").asDouble()))
                .containsExactly(104.0, 52.0, 30.0, 16.0, 14.0);
    }

    @Test
    void showsThemInThatOrderOnThePageOfTheTeam() {
        var page = PORTAL.get("/teams/" + TEAM).body();

        assertThat(page)
                .containsSubsequence(ORDER.stream()
                        .map(it -> "id=\"f-component:default/%s\"".formatted(it.replace(' ', '-')))
                        .toList())
                .doesNotContain("-on-call\"");
        assertThat(page.substring(page.indexOf("id=\"f-component:default/fix-critical-has-runbook\"")))
                .containsSubsequence("alone lifts it to Gold", "+12 points", "effort low", "tier 1");
        assertThat(page.substring(page.indexOf("id=\"f-component:default/fix-minor-many-tests-pass\"")))
                .containsSubsequence("1 of 2 steps to Silver", "+12 points", "tier 3");
    }
}

package dev.muster.portal.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScorecardApiTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final Portal PORTAL = Portal.shared();
    private static final String NAME = "hygiene";

    @BeforeAll
    static void tell() {
        var story = new Story(PORTAL, MORNING);
        PORTAL.tell(
                PORTAL.topics().scorecards(),
                NAME,
                Scorecard.newBuilder(Story.scorecard())
                        .setName(NAME)
                        .setTitle("Hygiene")
                        .setDraft(true)
                        .setRules(Story.scorecard().getRules().stream()
                                .map(it -> it.getId().equals("coverage")
                                        ? Rule.newBuilder(it)
                                                .setEffectiveFrom(Instant.parse("2099-12-01T00:00:00Z"))
                                                .build()
                                        : it)
                                .toList())
                        .build());
        var first = Story.component("card-a", "group:default/one", 1);
        var second = Story.component("card-b", "group:default/two", 2);
        story.declare(first);
        story.declare(second);
        tell(Story.result(first.getRef(), 1, "gold", MORNING, Map.of()));
        tell(Story.result(
                second.getRef(), 1, null, MORNING, Map.of("has-runbook", Outcome.FAIL, "on-call", Outcome.UNKNOWN)));
        await().untilAsserted(() -> assertThat(PORTAL.json("/api/v1/scorecards/" + NAME)
                        .path("standing")
                        .path("entities")
                        .asInt())
                .isEqualTo(2));
    }

    private static void tell(Result result) {
        var mine = Result.newBuilder(result).setScorecard(NAME).build();
        PORTAL.tell(PORTAL.topics().results(), result.getEntity() + "|" + NAME, mine);
    }

    @Test
    void listsScorecardsWithTheirStanding() {
        var found = PORTAL.json("/api/v1/scorecards").path("items");

        assertThat(PORTAL.texts(found, "name")).contains(NAME);
        assertThat(found.path(found.size() - 1).path("draft").asBoolean()).isTrue();
    }

    @Test
    void countsOutcomesByRule() {
        var whole = PORTAL.json("/api/v1/scorecards/" + NAME);

        assertThat(whole.path("outcomes").path("has-runbook").path("FAIL").asInt())
                .isEqualTo(1);
        assertThat(whole.path("outcomes").path("has-runbook").path("PASS").asInt())
                .isEqualTo(1);
        assertThat(whole.path("outcomes").path("on-call").path("UNKNOWN").asInt())
                .isEqualTo(1);
        assertThat(whole.path("standing").path("levels").toString())
                .isEqualTo("{\"gold\":1,\"silver\":0,\"bronze\":0,\"none\":1}");
        assertThat(whole.path("scorecard").path("rules").path(0).path("check").asString())
                .contains("critical");
    }

    @Test
    void saysOnItsPageThatItIsADraftAndFromWhenOnARuleCounts() {
        var page = PORTAL.get("/scorecards/" + NAME).body();

        assertThat(page).containsPattern("<h1><span>Hygiene</span> <span class=\"chip\">Draft</span></h1>");
        assertThat(rule(page, "coverage")).contains("counts from <span>1 Dec 2099, 00:00:00 UTC</span>");
        assertThat(rule(page, "has-runbook")).doesNotContain("counts from");
        assertThat(PORTAL.get("/scorecards").body()).containsPattern("Hygiene</a> <span class=\"chip\">Draft</span>");
    }

    private static String rule(String page, String id) {
        int begin = page.indexOf("id=\"rule-" + id + "\"");
        return page.substring(begin, page.indexOf("</details>", begin));
    }

    @Test
    void reportsByOwnerSystemTierAndTag() {
        var path = "/api/v1/scorecards/" + NAME + "/report?groupBy=";

        assertThat(PORTAL.texts(PORTAL.json(path + "owner").path("groups"), "group"))
                .containsExactly("group:default/one", "group:default/two");
        assertThat(PORTAL.texts(PORTAL.json(path + "tier").path("groups"), "group"))
                .containsExactly("1", "2");
        assertThat(PORTAL.texts(PORTAL.json(path + "system").path("groups"), "group"))
                .containsExactly("system:default/shop");
        var tags = PORTAL.json(path + "tag").path("groups");
        assertThat(PORTAL.texts(tags, "group")).containsExactly("java", "kafka");
        assertThat(tags.path(0).path("standing").path("entities").asInt()).isEqualTo(2);
    }

    @Test
    void describesEveryCallOfTheContract() {
        var paths = PORTAL.json("/v3/api-docs").path("paths").propertyNames();

        assertThat(paths)
                .contains(
                        "/api/v1/entities",
                        "/api/v1/entities/{ref}",
                        "/api/v1/entities/{ref}/scorecards/{scorecard}",
                        "/api/v1/entities/{ref}/history",
                        "/api/v1/scorecards",
                        "/api/v1/scorecards/{name}",
                        "/api/v1/scorecards/{name}/report",
                        "/api/v1/teams/{ref}",
                        "/api/v1/transitions",
                        "/api/v1/subjects",
                        "/api/v1/deliveries",
                        "/api/v1/dead-letters",
                        "/api/v1/receipts",
                        "/api/v1/stream",
                        "/api/v1/initiatives",
                        "/api/v1/initiatives/{name}",
                        "/api/v1/initiatives/{name}/burn-up",
                        "/api/v1/gate/{ref}/{scorecard}",
                        "/badges/{ref}/{scorecard}.svg");
    }
}

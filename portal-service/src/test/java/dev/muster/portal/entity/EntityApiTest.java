package dev.muster.portal.entity;

import static dev.muster.portal.Story.SCORECARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityApiTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00.123Z");
    private static final String OWNER = "group:default/api-team";
    private static final Portal PORTAL = Portal.shared();

    @BeforeAll
    static void tell() {
        var story = new Story(PORTAL, MORNING);
        story.begin();
        var api = Story.component("api-a", OWNER, 1);
        var before = Story.result(api.getRef(), 16, "silver", MORNING, Map.of());
        var after = Story.result(api.getRef(), 17, "bronze", MORNING.plusSeconds(60), Map.of("coverage", Outcome.FAIL));
        story.declare(api);
        story.happen(null, before, TransitionKind.BASELINE, OWNER);
        story.happen(before, after, TransitionKind.REGRESSED, OWNER);
        for (var name : List.of("api-b", "api-c", "api-d", "api-e")) {
            story.declare(Story.component(name, OWNER, 2));
        }
        await().untilAsserted(() -> {
            assertThat(PORTAL.json("/api/v1/entities/component:default/api-a/scorecards/" + SCORECARD)
                            .path("version")
                            .asLong())
                    .isEqualTo(17);
            assertThat(PORTAL.json("/api/v1/entities?owner=" + OWNER).path("items"))
                    .hasSize(5);
            assertThat(PORTAL.json("/api/v1/entities/component:default/api-a/history")
                            .path("items"))
                    .hasSize(2);
        });
    }

    @Test
    void answersAScorecardInTheShapeOfTheContract() {
        var result = PORTAL.json("/api/v1/entities/component:default/api-a/scorecards/" + SCORECARD);

        assertThat(result.propertyNames())
                .contains(
                        "entity",
                        "scorecard",
                        "scorecardVersion",
                        "version",
                        "level",
                        "score",
                        "coverage",
                        "evaluatedAt",
                        "rules",
                        "cause");
        assertThat(result.path("entity").asString()).isEqualTo("component:default/api-a");
        assertThat(result.path("scorecardVersion").asInt()).isEqualTo(3);
        assertThat(result.path("level").asString()).isEqualTo("bronze");
        assertThat(result.path("coverage").asInt()).isEqualTo(100);
        assertThat(result.path("evaluatedAt").asString()).isEqualTo("2026-11-23T06:01:00.123Z");
        var rule = result.path("rules").path(4);
        assertThat(rule.path("id").asString()).isEqualTo("coverage");
        assertThat(rule.path("outcome").asString()).isEqualTo("FAIL");
        assertThat(rule.path("since").asString()).isEqualTo("2026-11-23T06:01:00.123Z");
        assertThat(rule.path("message").asString()).isNotEmpty();
        assertThat(rule.path("level").asString()).isEqualTo("silver");
        assertThat(rule.path("weight").asInt()).isEqualTo(2);
        assertThat(rule.has("nextChangeAt")).isTrue();
        assertThat(rule.path("evidence").path(0).path("fact").asString()).isEqualTo("vulnerabilities");
        assertThat(rule.path("evidence").path(0).path("subject").asString()).isEqualTo("repo:github.com/acme/api-a");
        assertThat(rule.path("evidence").path(0).path("observedAt").asString()).isEqualTo("2026-11-23T06:01:00.123Z");
        assertThat(result.path("cause").path("source").asString()).isEqualTo("github");
        assertThat(result.path("cause").path("deliveryId").asString()).startsWith("72d3162e");
        assertThat(result.path("cause").path("actor").asString()).isEqualTo("octocat");
        assertThat(result.path("cause").path("fact").asString()).isEqualTo("vulnerabilities");
        assertThat(result.path("cause").path("before").asString())
                .isEqualTo("{\"id\":\"CVE-2026-1234\",\"package\":\"left-pad\",\"severity\":\"low\"}");
        assertThat(result.path("cause").path("after").asString()).contains("\"severity\":\"critical\"");
    }

    @Test
    void tellsPeopleInWordsWhatMachinesGetAsJson() {
        var page = PORTAL.get("/entities/component:default/api-a", "Accept", "text/html")
                .body();

        assertThat(page).contains("<dd>severity low → critical</dd>").doesNotContain("&quot;severity&quot;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "component:default/api-a",
                "component:default%2Fapi-a",
                "component:default%2fapi-a",
                "component%3Adefault%2Fapi-a",
                "Component:default/API-A"
            })
    void takesAReferenceHoweverItsSlashIsWritten(String ref) {
        assertThat(PORTAL.json("/api/v1/entities/" + ref).path("ref").asString())
                .isEqualTo("component:default/api-a");
        assertThat(PORTAL.get("/api/v1/entities/" + ref + "/history").statusCode())
                .isEqualTo(200);
        assertThat(PORTAL.get("/api/v1/entities/" + ref + "/scorecards/" + SCORECARD)
                        .statusCode())
                .isEqualTo(200);
        assertThat(PORTAL.get("/entities/" + ref).statusCode()).isEqualTo(200);
        assertThat(PORTAL.get("/badges/" + ref + "/" + SCORECARD + ".svg").statusCode())
                .isEqualTo(200);
        assertThat(PORTAL.get("/api/v1/gate/" + ref + "/" + SCORECARD + "?level=bronze")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/entities/..%2f..%2factuator", "/api/v1/entities/%2e%2e%2f%2e%2e/x", "/entities/a%2f%2fb"})
    void letsNoEncodedSlashLeaveItsPlace(String path) {
        assertThat(PORTAL.get(path).statusCode()).isBetween(400, 404);
    }

    @Test
    void givesAnEntityWithItsClaimsAndResults() {
        var entity = PORTAL.json("/api/v1/entities/component:default/api-a");

        assertThat(entity.path("owner").asString()).isEqualTo(OWNER);
        assertThat(entity.path("claims").toString()).contains("repo:github.com/acme/api-a");
        assertThat(entity.path("results").path(0).path("level").asString()).isEqualTo("bronze");
        assertThat(entity.path("results").path(0).path("failing").asInt()).isEqualTo(1);
    }

    @Test
    void readsAListPieceByPiece() {
        var path = "/api/v1/entities?limit=2&owner=" + OWNER;
        var first = PORTAL.json(path);
        var second = PORTAL.json(path + "&cursor=" + first.path("next").asString());
        var third = PORTAL.json(path + "&cursor=" + second.path("next").asString());

        assertThat(PORTAL.texts(first.path("items"), "name")).containsExactly("api-a", "api-b");
        assertThat(PORTAL.texts(second.path("items"), "name")).containsExactly("api-c", "api-d");
        assertThat(PORTAL.texts(third.path("items"), "name")).containsExactly("api-e");
        assertThat(third.path("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=API-A",
                "level=bronze",
                "tier=1",
                "scorecard=" + SCORECARD,
                "scorecard=" + SCORECARD + "&level=bronze",
                "kind=component&q=api-a&type=service&lifecycle=production&tag=java&system=system:default/shop"
            })
    void filters(String filter) {
        var found = PORTAL.json("/api/v1/entities?owner=" + OWNER + "&" + filter);

        assertThat(PORTAL.texts(found.path("items"), "name")).containsExactly("api-a");
    }

    @Test
    void sortsByScoreWithWhatIsNotScoredLast() {
        var found = PORTAL.json("/api/v1/entities?sort=score&limit=1&owner=" + OWNER);

        assertThat(PORTAL.texts(found.path("items"), "name")).containsExactly("api-a");
        var rest = PORTAL.json("/api/v1/entities?sort=score&owner=" + OWNER + "&cursor="
                + found.path("next").asString());
        assertThat(PORTAL.texts(rest.path("items"), "name")).containsExactly("api-b", "api-c", "api-d", "api-e");
    }

    @Test
    void takesAWildcardForWhatItIs() {
        assertThat(PORTAL.json("/api/v1/entities?q=%25").path("items")).isEmpty();
    }

    @Test
    void tellsTheHistoryFromTheNewest() {
        var history = PORTAL.json("/api/v1/entities/component:default/api-a/history?limit=1");

        assertThat(PORTAL.texts(history.path("items"), "kind")).containsExactly("REGRESSED");
        var newest = history.path("items").path(0);
        assertThat(newest.path("before").path("level").asString()).isEqualTo("silver");
        assertThat(newest.path("after").path("level").asString()).isEqualTo("bronze");
        assertThat(newest.path("changes").path(0).path("rule").asString()).isEqualTo("coverage");
        assertThat(newest.path("notify").asBoolean()).isTrue();
        var older = PORTAL.json("/api/v1/transitions?entity=component:default/api-a&cursor="
                + history.path("next").asString());
        assertThat(PORTAL.texts(older.path("items"), "kind")).containsExactly("BASELINE");
    }

    @Test
    void answersWhatIsUnknownWithAProblem() {
        var answer = PORTAL.get("/api/v1/entities/component:default/nobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("https://muster.dev/problems/not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/entities?cursor=nonsense",
                "/api/v1/entities?tier=first",
                "/api/v1/entities?limit=many",
                "/api/v1/transitions?since=yesterday",
                "/api/v1/scorecards/" + SCORECARD + "/report?groupBy=colour"
            })
    void answersWhatItCannotReadWithAProblem(String path) {
        var answer = PORTAL.get(path);

        assertThat(answer.statusCode()).isIn(400, 422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/entities/component:default/api-a/scorecards/" + SCORECARD,
                "/entities/component:default/api-a",
                "/teams/" + OWNER
            })
    void answersNothingWhenNothingIsNew(String path) {
        var etag = PORTAL.get(path).headers().firstValue("ETag").orElseThrow();

        var again = PORTAL.get(path, "If-None-Match", etag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void opensTheGateFromTheLevelThatIsReached() {
        var path = "/api/v1/gate/component:default/api-a/" + SCORECARD + "?level=";

        assertThat(PORTAL.get(path + "bronze").statusCode()).isEqualTo(200);
        var shut = PORTAL.get(path + "gold");
        assertThat(shut.statusCode()).isEqualTo(409);
        var verdict = PORTAL.json(path + "gold");
        assertThat(verdict.path("reached").asBoolean()).isFalse();
        assertThat(PORTAL.texts(verdict.path("rules"), "id")).containsExactly("coverage");
        assertThat(PORTAL.get(path + "diamond").statusCode()).isEqualTo(404);
        assertThat(PORTAL.get("/api/v1/gate/component:default/api-b/" + SCORECARD)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void showsTheLevelAsAPicture() {
        var badge = PORTAL.get("/badges/component:default/api-a/" + SCORECARD + ".svg");

        assertThat(badge.headers().firstValue("Content-Type").orElseThrow()).startsWith("image/svg+xml");
        assertThat(badge.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=60", "public");
        assertThat(badge.body()).contains("Production readiness: bronze");
        assertThat(PORTAL.get("/badges/component:default/nobody/" + SCORECARD + ".svg")
                        .body())
                .contains("unknown");
    }

    @Test
    void saysWhatATeamHasToFix() {
        var team = PORTAL.json("/api/v1/teams/" + OWNER);

        assertThat(team.path("group").isNull()).isTrue();
        assertThat(team.path("entities").path("items")).hasSize(5);
        assertThat(team.path("toFix").path(0).path("rule").path("id").asString())
                .isEqualTo("coverage");
        assertThat(team.path("standing")
                        .path(0)
                        .path("standing")
                        .path("levels")
                        .path("bronze")
                        .asInt())
                .isEqualTo(1);
        assertThat(PORTAL.get("/api/v1/teams/group:default/nobody").statusCode())
                .isEqualTo(404);
    }
}

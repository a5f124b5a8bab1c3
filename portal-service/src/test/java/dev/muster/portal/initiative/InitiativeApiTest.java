package dev.muster.portal.initiative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.portal.initiative.BurnUp.Point;
import dev.muster.portal.initiative.InitiativeApi.MemberView;
import dev.muster.portal.result.Results;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.Transition;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.testkit.TestPostgres;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two are done in the end, one of them after a relapse; the third never is; the fourth is not meant.
class InitiativeApiTest {

    private static final Portal PORTAL = Portal.shared();
    private static final Story STORY = new Story(PORTAL, day(18));
    private static final String CARD = "initiated";
    private static final String LIST = "/api/v1/initiatives";
    private static final String ONE = "component:default/initiated-one";
    private static final String TWO = "component:default/initiated-two";
    private static final String THREE = "component:default/initiated-three";
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @BeforeAll
    static void tell() {
        publish(CARD, List.of("bronze", "silver", "gold"));
        STORY.declare(Story.component("initiated-one", "group:default/one", 1));
        STORY.declare(Story.component("initiated-two", "group:default/one", 2));
        STORY.declare(Story.component("initiated-three", "group:default/two", 3));
        STORY.declare(Story.component("initiated-four", null, 4));

        var one = happen(null, result(ONE, 1, "bronze", 18, "coverage", "FAIL", "on-call", "UNKNOWN"));
        happen(one, result(ONE, 2, "silver", 21, "coverage", "WARN", "on-call", "NOT_APPLICABLE"));
        var first = happen(null, result(TWO, 1, "silver", 18, "coverage", "FAIL"));
        var lost = happen(first, result(TWO, 2, null, 22, "coverage", "FAIL", "has-runbook", "FAIL"));
        happen(lost, result(TWO, 3, "gold", 24, "coverage", "EXEMPT"));
        happen(null, result(THREE, 1, null, 23, "coverage", "STALE", "has-runbook", "UNKNOWN"));
        happen(null, result("component:default/initiated-four", 1, "gold", 18));

        declare(level("by-level", "silver", "entity.tier <= 3"));
        declare(Initiative.newBuilder(level("by-rule", null, "entity.tier <= 3 && 'java' in entity.tags"))
                .setRules(List.of("coverage", "on-call"))
                .build());
        declare(level("of-all", "gold", "true"));
        await().untilAsserted(() -> {
            assertThat(at(NOON).list(200, null).items())
                    .filteredOn(it -> it.scorecard().equals(CARD))
                    .extracting(it -> it.name() + " " + it.entities().done() + "/"
                            + it.entities().total())
                    .containsExactlyInAnyOrder("by-level 2/3", "by-rule 2/3", "of-all 2/4");
            assertThat(at(NOON).burnUp("by-level").points()).hasSize(6).last().isEqualTo(point(25, 3, 2));
            assertThat(PORTAL.json("/api/v1/transitions?limit=200&scorecard=" + CARD)
                            .path("items"))
                    .hasSize(7);
        });
    }

    /// The API as it answers at an instant.
    private static InitiativeApi at(Instant now) {
        return new InitiativeApi(
                PORTAL.bean(Initiatives.class),
                PORTAL.bean(Members.class),
                PORTAL.bean(Past.class),
                PORTAL.bean(Scorecards.class),
                PORTAL.bean(Results.class),
                () -> now);
    }

    private static Instant day(int day) {
        return Instant.parse("2026-11-%02dT10:00:00Z".formatted(day));
    }

    private static Point point(int day, int total, int done) {
        return new Point(LocalDate.of(2026, 11, day), total, done);
    }

    private static void publish(String name, List<String> levels) {
        PORTAL.tell(
                PORTAL.topics().scorecards(),
                name,
                Scorecard.newBuilder(Story.scorecard())
                        .setName(name)
                        .setTitle("Initiated")
                        .setDraft(true)
                        .setLevels(levels)
                        .build());
    }

    private static Result result(String entity, long version, String level, int day, String... outcomes) {
        var others = new java.util.HashMap<String, Outcome>();
        for (var i = 0; i < outcomes.length; i += 2) {
            others.put(outcomes[i], Outcome.valueOf(outcomes[i + 1]));
        }
        return Result.newBuilder(Story.result(entity, version, level, day(day), Map.copyOf(others)))
                .setScorecard(CARD)
                .build();
    }

    private static Result happen(Result before, Result after) {
        var transition = Transition.newBuilder(
                        Story.transition(before, after, TransitionKind.CHANGED, "group:default/one"))
                .setScorecard(CARD)
                .build();
        PORTAL.tell(PORTAL.topics().transitions(), after.getEntity(), transition);
        PORTAL.tell(PORTAL.topics().results(), after.getEntity() + "|" + CARD, after);
        return after;
    }

    private static Initiative level(String name, String level, String appliesTo) {
        return Initiative.newBuilder()
                .setName(name)
                .setTitle("Of " + name)
                .setOwner("group:default/platform")
                .setScorecard(CARD)
                .setLevel(level)
                .setAppliesTo(appliesTo)
                .setStartsAt(Instant.parse("2026-11-20T00:00:00Z"))
                .setDue(Instant.parse("2026-11-26T00:00:00Z"))
                .setDeclaredAt(day(18))
                .setAppliedAt(day(18))
                .setAppliedBy("admin")
                .setDeliveryId("request-1")
                .setDigest("0")
                .build();
    }

    private static void declare(Initiative initiative) {
        PORTAL.tell(PORTAL.topics().initiatives(), initiative.getName(), initiative);
    }

    @Test
    void tellsHowFarEachOwnerIs() {
        var answer = PORTAL.json(LIST + "/by-level");

        assertThat(answer.path("initiative").path("title").asString()).isEqualTo("Of by-level");
        assertThat(answer.path("initiative").path("due").asString()).isEqualTo("2026-11-26T00:00:00Z");
        assertThat(answer.path("initiative").path("lastDay").asString()).isEqualTo("2026-11-25");
        assertThat(answer.path("initiative").path("entities").toString())
                .isEqualTo("{\"total\":3,\"done\":2,\"percent\":66}");
        assertThat(answer.path("initiative").path("problem").isNull()).isTrue();
        assertThat(answer.path("owners").toString())
                .isEqualTo("[{\"owner\":\"group:default/one\",\"entities\":{\"total\":2,\"done\":2,\"percent\":100}},"
                        + "{\"owner\":\"group:default/two\",\"entities\":{\"total\":1,\"done\":0,\"percent\":0}}]");
    }

    @Test
    void tellsSinceWhenAnEntityIsDoneAndWhatIsToBeDoneYet() {
        var byLevel = at(NOON).initiative("by-level", null, null, null, null)
                .entities()
                .items();
        assertThat(byLevel).extracting(MemberView::ref).containsExactly(ONE, THREE, TWO);
        assertThat(byLevel).extracting(MemberView::doneSince).containsExactly(day(21), null, day(24));
        assertThat(byLevel.get(1)).satisfies(three -> {
            assertThat(three.level()).isNull();
            assertThat(three.owner()).isEqualTo("group:default/two");
            assertThat(three.remaining())
                    .extracting(it -> it.rule() + " " + it.outcome())
                    .containsExactly("has-runbook UNKNOWN", "coverage STALE");
            assertThat(three.remaining().getLast().message()).isEqualTo("last confirmed 200 days ago");
            assertThat(three.remaining().getLast().remediation()).startsWith("Add tests");
        });

        var byRule = at(NOON).initiative("by-rule", null, null, null, null)
                .entities()
                .items();
        assertThat(byRule).extracting(MemberView::doneSince).containsExactly(day(21), null, day(24));
        assertThat(byRule.get(1).remaining())
                .extracting(it -> it.rule() + " " + it.outcome())
                .containsExactly("coverage STALE");
        assertThat(byRule.get(0).remaining()).isEmpty();
    }

    @Test
    void tellsHowManyWereDoneAtTheEndOfEachDay() {
        assertThat(at(NOON).burnUp("by-level").points())
                .containsExactly(
                        point(20, 2, 1),
                        point(21, 2, 2),
                        point(22, 2, 1),
                        point(23, 3, 1),
                        point(24, 3, 2),
                        point(25, 3, 2));
        assertThat(at(NOON).burnUp("by-rule").points())
                .containsExactly(
                        point(20, 2, 0),
                        point(21, 2, 1),
                        point(22, 2, 1),
                        point(23, 3, 1),
                        point(24, 3, 2),
                        point(25, 3, 2));
        var answer = PORTAL.json(LIST + "/by-level/burn-up");
        assertThat(answer.path("startsAt").asString()).isEqualTo("2026-11-20T00:00:00Z");
        assertThat(answer.path("points").path(0).propertyNames()).containsExactly("day", "total", "done");
    }

    @Test
    void tellsTheNewestYearAtMostAndNothingBeforeItBegins() {
        declare(Initiative.newBuilder(level("of-old", "silver", "entity.tier <= 3"))
                .setStartsAt(Instant.parse("2020-01-01T00:00:00Z"))
                .build());
        declare(Initiative.newBuilder(level("of-later", "silver", "entity.tier <= 3"))
                .setStartsAt(Instant.parse("2026-11-26T00:00:00Z"))
                .build());
        await().until(() -> PORTAL.get(LIST + "/of-old").statusCode() == 200
                && PORTAL.get(LIST + "/of-later").statusCode() == 200);

        var old = at(NOON).burnUp("of-old").points();
        assertThat(old).hasSize(366).endsWith(point(24, 3, 2), point(25, 3, 2));
        assertThat(old).first().isEqualTo(new Point(LocalDate.of(2025, 11, 25), 0, 0));
        assertThat(at(NOON).burnUp("of-later").points()).isEmpty();
        PORTAL.tell(PORTAL.topics().initiatives(), "of-old", null);
        PORTAL.tell(PORTAL.topics().initiatives(), "of-later", null);
        await().until(() -> PORTAL.get(LIST + "/of-later").statusCode() == 404);
    }

    @Test
    void isOverdueFromItsInstantOn() {
        var due = Instant.parse("2026-11-26T00:00:00Z");
        var before = at(due.minusMillis(1)).initiative("by-level", null, null, null, null);
        var after = at(due).initiative("by-level", null, null, null, null);

        assertThat(before.initiative().overdue()).isFalse();
        assertThat(before.entities().items()).noneMatch(MemberView::overdue);
        assertThat(after.initiative().overdue()).isTrue();
        assertThat(after.entities().items())
                .filteredOn(MemberView::overdue)
                .extracting(MemberView::ref)
                .containsExactly(THREE);
        assertThat(at(due).burnUp("by-level").points()).last().isEqualTo(point(26, 3, 2));
    }

    @Test
    void choosesByDoneAndOwnerAndGoesOnWhereAPieceEnded() {
        var api = at(NOON);
        assertThat(api.initiative("by-level", true, null, null, null).entities().items())
                .extracting(MemberView::ref)
                .containsExactly(ONE, TWO);
        assertThat(api.initiative("by-level", false, "GROUP:default/two", null, null)
                        .entities()
                        .items())
                .extracting(MemberView::ref)
                .containsExactly(THREE);
        assertThat(api.initiative("by-level", false, "group:default/one", null, null)
                        .entities()
                        .items())
                .isEmpty();

        var first = api.initiative("by-level", null, null, 2, null);
        assertThat(first.entities().items()).extracting(MemberView::ref).containsExactly(ONE, THREE);
        assertThat(first.initiative().entities().total()).isEqualTo(3);
        var second = api.initiative("by-level", null, null, 2, first.entities().next());
        assertThat(second.entities().items()).extracting(MemberView::ref).containsExactly(TWO);
        assertThat(second.entities().next()).isNull();
        assertThat(PORTAL.get(LIST + "/by-level?cursor=x").statusCode()).isEqualTo(400);
        assertThat(PORTAL.get(LIST + "/by-level?done=perhaps").statusCode()).isEqualTo(400);
        assertThat(PORTAL.get(LIST + "/none").statusCode()).isEqualTo(404);
        assertThat(PORTAL.get(LIST + "/none/burn-up").body()).contains("There is no such initiative");
    }

    @Test
    void listsWhatIsDueFirstBeforeTheOthers() {
        declare(Initiative.newBuilder(level("at-once", "gold", "true"))
                .setDue(Instant.EPOCH)
                .build());
        await().until(() -> PORTAL.get(LIST + "/at-once").statusCode() == 200);

        var first = PORTAL.json(LIST + "?limit=1");
        assertThat(PORTAL.texts(first.path("items"), "name")).containsExactly("at-once");
        assertThat(first.path("items").path(0).path("overdue").asBoolean()).isTrue();
        var others = PORTAL.json(LIST + "?cursor=" + first.path("next").asString());
        assertThat(PORTAL.texts(others.path("items"), "name"))
                .contains("by-level", "by-rule", "of-all")
                .doesNotContain("at-once");
        PORTAL.tell(PORTAL.topics().initiatives(), "at-once", null);
        await().until(() -> PORTAL.get(LIST + "/at-once").statusCode() == 404);
    }

    @Test
    void meansWhomTheCatalogueAndTheScorecardHaveNow() {
        var ref = "component:default/initiated-five";
        declare(level("of-five", "silver", "entity.annotations['team.acme/wave'] == '5'"));
        STORY.declare(Story.component("initiated-five", "group:default/five", 5));
        happen(null, result(ref, 1, "gold", 19));
        await().until(() -> PORTAL.get(LIST + "/of-five").statusCode() == 200);
        assertThat(total("of-five")).isZero();

        STORY.declare(Entity.newBuilder(Story.component("initiated-five", "group:default/five", 5))
                .setAnnotations(Map.of("team.acme/wave", "5"))
                .build());
        await().until(() -> total("of-five") == 1);

        PORTAL.tell(PORTAL.topics().results(), ref + "|" + CARD, null);
        await().until(() -> total("of-five") == 0);
        var whole = at(NOON).initiative("of-five", null, null, null, null);
        assertThat(whole.initiative().overdue()).isFalse();
        assertThat(whole.initiative().entities()).isEqualTo(Progress.of(0, 0));
        PORTAL.tell(PORTAL.topics().initiatives(), "of-five", null);
        await().until(() -> PORTAL.get(LIST + "/of-five").statusCode() == 404);
    }

    private static int total(String initiative) {
        return PORTAL.json(LIST + "/" + initiative)
                .path("initiative")
                .path("entities")
                .path("total")
                .asInt();
    }

    @Test
    void saysWhatTheScorecardDoesNotHaveAnyMore() {
        declare(Initiative.newBuilder(level("of-gone", "silver", "true"))
                .setScorecard("gone")
                .build());
        declare(Initiative.newBuilder(level("of-rules", null, "entity.tier == 1"))
                .setRules(List.of("coverage", "renamed"))
                .build());
        declare(level("of-level", "platinum", "entity.tier == 1"));
        await().until(() -> PORTAL.get(LIST + "/of-gone").statusCode() == 200
                && PORTAL.get(LIST + "/of-rules").statusCode() == 200
                && PORTAL.get(LIST + "/of-level").statusCode() == 200);

        var api = at(NOON);
        assertThat(api.initiative("of-gone", null, null, null, null)
                        .initiative()
                        .problem())
                .isEqualTo("the scorecard 'gone' is not published any more");
        var rules = api.initiative("of-rules", null, null, null, null);
        assertThat(rules.initiative().problem()).isEqualTo("the scorecard has no rule 'renamed' any more");
        assertThat(rules.entities().items()).singleElement().satisfies(it -> {
            assertThat(it.done()).isFalse();
            assertThat(it.remaining()).extracting(Target.Remaining::rule).containsExactly("renamed");
        });
        var level = api.initiative("of-level", null, null, null, null);
        assertThat(level.initiative().problem()).isEqualTo("the scorecard has no level 'platinum' any more");
        assertThat(level.initiative().entities()).isEqualTo(Progress.of(1, 0));
        for (var name : List.of("of-gone", "of-rules", "of-level")) {
            PORTAL.tell(PORTAL.topics().initiatives(), name, null);
            await().until(() -> PORTAL.get(LIST + "/" + name).statusCode() == 404);
        }
    }

    @Test
    void isMadeAgainFromTheLog() {
        try (var other = Portal.another("initiatives", TestPostgres.shared().newDatabase())) {
            await().untilAsserted(() -> {
                for (var path : List.of("/by-level", "/by-rule", "/by-level/burn-up")) {
                    assertThat(other.get(LIST + path).body())
                            .isEqualTo(PORTAL.get(LIST + path).body());
                }
            });
        }
    }
}

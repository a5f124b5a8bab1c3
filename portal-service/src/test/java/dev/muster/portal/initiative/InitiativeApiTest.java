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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            assertThat(at(NOON).list(Initiatives.sort(null), 200, null).items())
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

    /// The reports as they are read at an instant.
    private static InitiativeReports at(Instant now) {
        return new InitiativeReports(
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
        var byLevel =
                at(NOON).whole("by-level", null, null, 200, null).entities().items();
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

        var byRule = at(NOON).whole("by-rule", null, null, 200, null).entities().items();
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
    void tellsHowFarItWasAsOfAnInstant() {
        var then = at(NOON).at(Instant.parse("2026-11-22T23:00:00Z"));
        assertThat(then.whole("by-level", null, null, 200, null)).satisfies(it -> {
            assertThat(it.initiative().entities()).isEqualTo(Progress.of(2, 1));
            assertThat(it.owners()).extracting(owner -> owner.owner()).containsExactly("group:default/one");
            assertThat(it.entities().items()).extracting(MemberView::ref).containsExactly(ONE, TWO);
            assertThat(it.entities().items()).extracting(MemberView::doneSince).containsExactly(day(21), null);
            assertThat(it.entities().items().getLast().remaining())
                    .extracting(rule -> rule.rule() + " " + rule.outcome())
                    .contains("has-runbook FAIL", "coverage FAIL");
        });
        assertThat(at(NOON).at(Instant.parse("2026-11-21T23:00:00Z"))
                        .whole("by-level", null, null, 200, null)
                        .entities()
                        .items())
                .extracting(MemberView::doneSince)
                .as("not since what came later, which lost it and won it again")
                .containsExactly(day(21), day(18));
        assertThat(then.burnUp("by-level").points()).containsExactly(point(20, 2, 1), point(21, 2, 2), point(22, 2, 1));
        assertThat(at(NOON).at(day(21).minusMillis(1)).burnUp("by-rule").points())
                .containsExactly(point(20, 2, 0), point(21, 2, 0));
        assertThat(then.list(Initiatives.sort(null), 200, null).items())
                .filteredOn(it -> it.scorecard().equals(CARD))
                .extracting(it -> it.name() + " " + it.entities().done() + "/"
                        + it.entities().total())
                .contains("by-level 1/2", "by-rule 1/2", "of-all 1/3");
    }

    @Test
    void isNotOverdueAsOfADayBeforeItWas() {
        var later = at(Instant.parse("2026-11-27T12:00:00Z"));

        assertThat(later.whole("by-level", null, null, 200, null).initiative().overdue())
                .isTrue();
        assertThat(later.at(day(25)).whole("by-level", null, null, 200, null))
                .satisfies(it -> assertThat(it.initiative().overdue()).isFalse())
                .satisfies(it -> assertThat(it.entities().items()).noneMatch(MemberView::overdue));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/by-level", "/by-level/burn-up"})
    void answersBadDatesAsOtherListsDo(String path) {
        assertThat(PORTAL.get(LIST + path + "?asOf=2026-11-22").statusCode()).isEqualTo(200);
        for (var bad : Map.of(
                        "yesterday", "That is no date",
                        "2999-01-01", "has yet to come",
                        "2001-01-01", "too long ago")
                .entrySet()) {
            var answer = PORTAL.get(LIST + path + "?asOf=" + bad.getKey());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(bad.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/initiatives", "/initiatives/by-level"})
    void saysOnItsPageAsOfWhenItIs(String path) {
        var then = PORTAL.get(path + "?asOf=2026-11-22T23:00:00Z").body();
        assertThat(then)
                .contains("As of 22 Nov 2026, 23:00:00 UTC, not now.", "asOf=2026-11-22T23%3A00%3A00Z")
                .doesNotContain("data-stream");
        assertThat(then).containsPattern("<b class=\"num\">1</b> of <b class=\"num\">2</b>");
        assertThat(PORTAL.get(path).body()).contains("data-stream").doesNotContain("not now.");
        var wrong = PORTAL.get(path + "?asOf=yesterday");
        assertThat(wrong.statusCode()).isEqualTo(200);
        assertThat(wrong.body()).contains("That is no date.", "This is how it stands now.");
    }

    @Test
    void isOverdueFromItsInstantOn() {
        var due = Instant.parse("2026-11-26T00:00:00Z");
        var before = at(due.minusMillis(1)).whole("by-level", null, null, 200, null);
        var after = at(due).whole("by-level", null, null, 200, null);

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
        assertThat(api.whole("by-level", true, null, 200, null).entities().items())
                .extracting(MemberView::ref)
                .containsExactly(ONE, TWO);
        assertThat(api.whole("by-level", false, "GROUP:default/two", 200, null)
                        .entities()
                        .items())
                .extracting(MemberView::ref)
                .containsExactly(THREE);
        assertThat(api.whole("by-level", false, "group:default/one", 200, null)
                        .entities()
                        .items())
                .isEmpty();

        var first = api.whole("by-level", null, null, 2, null);
        assertThat(first.entities().items()).extracting(MemberView::ref).containsExactly(ONE, THREE);
        assertThat(first.initiative().entities().total()).isEqualTo(3);
        var second = api.whole("by-level", null, null, 2, first.entities().next());
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
        var whole = at(NOON).whole("of-five", null, null, 200, null);
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
        assertThat(api.whole("of-gone", null, null, 200, null).initiative().problem())
                .isEqualTo("the scorecard 'gone' is not published any more");
        var rules = api.whole("of-rules", null, null, 200, null);
        assertThat(rules.initiative().problem()).isEqualTo("the scorecard has no rule 'renamed' any more");
        assertThat(rules.entities().items()).singleElement().satisfies(it -> {
            assertThat(it.done()).isFalse();
            assertThat(it.remaining()).extracting(Target.Remaining::rule).containsExactly("renamed");
        });
        var level = api.whole("of-level", null, null, 200, null);
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

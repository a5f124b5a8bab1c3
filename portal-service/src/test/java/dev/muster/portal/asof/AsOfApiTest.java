package dev.muster.portal.asof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.portal.recorded.Caller;
import dev.muster.schemas.v1.Cause;
import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.RuleChange;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.Standing;
import dev.muster.schemas.v1.Transition;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Forty days in the life of one component, on the real broker, and what was recorded of it in the real database.
class AsOfApiTest {

    // Topics of its own: others tell of other times, and the order within a partition is what counts.
    private static final TestBroker BROKER = TestBroker.start();
    private static final Portal PORTAL =
            Portal.start(BROKER, TestPostgres.shared().newDatabase(), Map.of());
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final String ENTITY = "component:default/then";
    private static final String SCORECARD = "as-of";
    private static final String REPO = "repo:github.com/acme/then";
    private static final String OTHER = "repo:github.com/acme/then-moved";

    @AfterAll
    static void stop() {
        PORTAL.close();
        BROKER.close();
    }

    @BeforeAll
    static void happen() {
        declare(40, 1, REPO);
        publish(39, 1, "80.0");
        coverage(35, OTHER, 95);
        coverage(30, REPO, 50);
        exempt(25, 20);
        coverage(15, REPO, 85);
        publish(10, 2, "90.0");
        declare(5, 3, OTHER);
        delete(2);
        PORTAL.tellRaw(PORTAL.topics().facts().name(), REPO, new byte[] {1, 2, 3});

        var none = standing(null, 100, 50, "UNKNOWN", "PASS");
        var failing = standing(null, 50, 100, "FAIL", "PASS");
        var exempt = standing("silver", 100, 50, "EXEMPT", "PASS");
        tell(transition(1, 39, TransitionKind.BASELINE, null, none));
        tell(transition(2, 30, TransitionKind.REGRESSED, none, failing));
        tell(transition(3, 25, TransitionKind.RECOVERED, failing, exempt));
        tell(transition(4, 20, TransitionKind.REGRESSED, exempt, failing));
        // The evaluator was not told of the coverage of 15 days ago, and of all that came later.
        await().untilAsserted(() -> assertThat(PORTAL.json("/api/v1/transitions?entity=" + ENTITY)
                        .path("items")
                        .size())
                .isEqualTo(4));
    }

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    // ---- what happened

    private static void declare(int daysAgo, int tier, String repo) {
        var entity = Entity.newBuilder(Story.component("then", "group:default/then", tier))
                .setClaims(List.of("entity:" + ENTITY, repo))
                .setAppliedAt(ago(daysAgo))
                .build();
        PORTAL.tellAt(ago(daysAgo), PORTAL.topics().catalog(), ENTITY, entity);
    }

    private static void delete(int daysAgo) {
        PORTAL.tellAt(ago(daysAgo), PORTAL.topics().catalog(), ENTITY, null);
    }

    private static void publish(int daysAgo, int version, String coverage) {
        var rules = List.of(
                rule("covered", "coverage.newCode >= " + coverage, "bronze"),
                rule("important", "entity.tier <= 2", "silver"));
        var scorecard = Scorecard.newBuilder(Story.scorecard())
                .setName(SCORECARD)
                .setVersion(version)
                .setAppliesTo("entity.name == 'then'")
                .setLevels(List.of("bronze", "silver"))
                .setRules(rules)
                .setPublishedAt(ago(daysAgo))
                .build();
        PORTAL.tellAt(ago(daysAgo), PORTAL.topics().scorecards(), SCORECARD, scorecard);
    }

    private static Rule rule(String id, String check, String level) {
        return Rule.newBuilder()
                .setId(id)
                .setTitle("Title of " + id)
                .setCheck(check)
                .setLevel(level)
                .setWeight(1)
                .setRemediation("do something about " + id)
                .build();
    }

    private static void coverage(int daysAgo, String repo, int percent) {
        tell(daysAgo, repo, "coverage", null, "{\"newCode\":%d.0}".formatted(percent));
    }

    private static void exempt(int daysAgo, int endsDaysAgo) {
        var exemption =
                "{\"rule\":\"covered\",\"state\":\"approved\",\"reason\":\"soon\",\"approvedBy\":\"bob\",\"expires\":\"%s\"}";
        tell(daysAgo, "entity:" + ENTITY, "exemptions", "e-1", exemption.formatted(ago(endsDaysAgo)));
    }

    private static void tell(int daysAgo, String subject, String fact, String item, String json) {
        var at = ago(daysAgo);
        var facts = FactsObserved.newBuilder()
                .setSubject(subject)
                .setReceivedAt(at)
                .setOrigin(Origin.newBuilder()
                        .setSource("api")
                        .setConnection("test")
                        .setDeliveryId("d-" + daysAgo)
                        .build())
                .setChanges(List.of(FactChange.newBuilder()
                        .setFact(fact)
                        .setKind(item == null ? FactChangeKind.SET : FactChangeKind.UPSERT)
                        .setItem(item)
                        .setValue(json)
                        .setSourceTime(at)
                        .build()))
                .build();
        PORTAL.tellAt(at, PORTAL.topics().facts(), subject, facts);
    }

    // ---- what was recorded

    private static Standing standing(String level, int score, int coverage, String covered, String important) {
        var outcomes = new LinkedHashMap<String, Outcome>();
        outcomes.put("covered", Outcome.valueOf(covered));
        outcomes.put("important", Outcome.valueOf(important));
        return new Standing(level, score, coverage, outcomes);
    }

    private static Transition transition(
            long version, int daysAgo, TransitionKind kind, Standing before, Standing after) {
        var changes = after.getOutcomes().entrySet().stream()
                .filter(it -> before == null || before.getOutcomes().get(it.getKey()) != it.getValue())
                .map(it -> RuleChange.newBuilder()
                        .setRule(it.getKey())
                        .setTitle(it.getKey())
                        .setLevel("bronze")
                        .setBefore(before == null ? null : before.getOutcomes().get(it.getKey()))
                        .setAfter(it.getValue())
                        .setMessage("")
                        .build())
                .toList();
        return Transition.newBuilder()
                .setId("as-of-" + version)
                .setEntity(ENTITY)
                .setScorecard(SCORECARD)
                .setScorecardTitle("As of")
                .setScorecardVersion(1)
                .setVersion(version)
                .setKind(kind)
                .setAt(ago(daysAgo))
                .setBefore(before)
                .setAfter(after)
                .setChanges(changes)
                .setCause(Cause.newBuilder()
                        .setKind(CauseKind.FACT)
                        .setSource("api")
                        .setAt(ago(daysAgo))
                        .setScorecardVersion(1)
                        .build())
                .build();
    }

    private static void tell(Transition it) {
        PORTAL.tell(PORTAL.topics().transitions(), ENTITY, it);
    }

    // ---- questions

    @Test
    void aResultIsMadeOfTheFactsOfThatTime() {
        var before = asOf(ago(30).minusMillis(1));
        assertThat(outcomes(before)).isEqualTo(Map.of("covered", "UNKNOWN", "important", "PASS"));
        assertThat(before.path("level").isNull()).isTrue();
        assertThat(before.path("coverage").asInt()).isEqualTo(50);

        var then = asOf(ago(30));
        assertThat(outcomes(then)).isEqualTo(Map.of("covered", "FAIL", "important", "PASS"));
        assertThat(then.path("entity").asString()).isEqualTo(ENTITY);
        assertThat(then.path("asOf").asString()).isEqualTo(ago(30).toString());
        assertThat(then.path("scorecardVersion").asInt()).isEqualTo(1);
        var rule = then.path("rules").path(0);
        assertThat(rule.path("title").asString()).isEqualTo("Title of covered");
        assertThat(rule.path("since").asString()).isEqualTo(ago(30).toString());
        assertThat(rule.path("remediation").asString()).isEqualTo("do something about covered");
        assertThat(rule.path("evidence").path(0).path("subject").asString()).isEqualTo(REPO);
        assertThat(then.path("cause").path("deliveryId").asString()).isEqualTo("d-30");
    }

    @Test
    void anExemptionStandsUntilItsEnd() {
        assertThat(outcomes(asOf(ago(25)))).containsEntry("covered", "EXEMPT");
        assertThat(asOf(ago(25)).path("nextChangeAt").asString()).isEqualTo(ago(20).toString());
        assertThat(outcomes(asOf(ago(20).minusMillis(1)))).containsEntry("covered", "EXEMPT");

        var ended = asOf(ago(20));
        assertThat(outcomes(ended)).containsEntry("covered", "FAIL");
        assertThat(ended.path("cause").path("kind").asString()).isEqualTo("CLOCK");
        assertThat(ended.path("evaluatedAt").asString()).isEqualTo(ago(20).toString());
    }

    @Test
    void theVersionOfThatTimeJudges() {
        var first = asOf(ago(11));
        assertThat(outcomes(first)).containsEntry("covered", "PASS");
        assertThat(first.path("level").asString()).isEqualTo("silver");

        var second = asOf(ago(10));
        assertThat(outcomes(second)).isEqualTo(Map.of("covered", "FAIL", "important", "PASS"));
        assertThat(second.path("scorecardVersion").asInt()).isEqualTo(2);
        assertThat(second.path("cause").path("kind").asString()).isEqualTo("SCORECARD");
        assertThat(second.path("rules").path(1).path("since").asString()).isEqualTo(ago(39).toString());
    }

    @Test
    void theEntityAndItsClaimsAreThoseOfThatTime() {
        var then = asOf(ago(5));

        assertThat(outcomes(then)).isEqualTo(Map.of("covered", "PASS", "important", "FAIL"));
        assertThat(then.path("rules")
                        .path(0)
                        .path("evidence")
                        .path(0)
                        .path("subject")
                        .asString())
                .isEqualTo(OTHER);
        assertThat(then.path("cause").path("kind").asString()).isEqualTo("CLAIM");
    }

    @Test
    void saysWhatWasRecordedThenAndWhetherItAgrees() {
        for (var days : List.of(38, 30, 28, 25, 20, 16)) {
            var then = asOf(ago(days));
            assertThat(then.path("agrees").asBoolean()).as("%d days ago", days).isTrue();
        }
        var then = asOf(ago(22));
        assertThat(then.path("version").asInt()).isEqualTo(3);
        assertThat(then.path("recorded").toString())
                .isEqualTo(
                        "{\"version\":3,\"level\":\"silver\",\"score\":100,\"coverage\":50,\"kind\":\"RECOVERED\",\"at\":\"%s\"}"
                                .formatted(ago(25)));

        var other = asOf(ago(15));
        assertThat(other.path("agrees").asBoolean()).isFalse();
        assertThat(other.path("recorded").path("version").asInt()).isEqualTo(4);
    }

    @Test
    void takesAnyOffset() {
        var at = ago(30).plusSeconds(3600);
        var text = at.toString().replace("Z", "");

        assertThat(json(path("asOf=" + at)).path("asOf").asString()).isEqualTo(at.toString());
        assertThat(json(path("asOf=" + text + "%2B01:00")).path("asOf").asString())
                .isEqualTo(ago(30).toString());
        assertThat(json(path("asOf=" + text + "+01:00")).path("asOf").asString())
                .isEqualTo(ago(30).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-01", "2026-11-01T00:00:00", "2026-13-01T00:00:00Z"})
    void whatIsNoInstantIsRefused(String asOf) {
        var answer = get(path("asOf=" + asOf));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("such as 2026-11-01T00:00:00Z");
    }

    @Test
    void whatHasYetToComeIsRefused() {
        var answer = get(path("asOf=" + NOW.plus(Duration.ofDays(1))));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("asOf has yet to come; now it is 2");
    }

    @Test
    void saysFromWhenOnSomethingIsRecorded() {
        var entity = refused(ago(41), 404);
        assertThat(entity.path("detail").asString()).isEqualTo("What is recorded of the entity begins at " + ago(40));
        assertThat(entity.path("recordedFrom").asString()).isEqualTo(ago(40).toString());

        var scorecard = refused(ago(40), 404);
        assertThat(scorecard.path("detail").asString())
                .isEqualTo("What is recorded of the scorecard begins at " + ago(39));
    }

    @Test
    void whatWasDeletedHasNoResult() {
        assertThat(refused(ago(2), 404).path("detail").asString()).isEqualTo("The entity was deleted at " + ago(2));
    }

    @Test
    void whatNobodyKnowsIsNotFound() {
        var nobody = get("/api/v1/entities/component:default/nobody/scorecards/as-of?asOf=" + ago(20));
        var nothing = get("/api/v1/entities/" + ENTITY + "/scorecards/nothing?asOf=" + ago(20));

        assertThat(nobody.statusCode()).isEqualTo(404);
        assertThat(nobody.body()).contains("There is no such entity");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.body()).contains("There is no such scorecard");
    }

    @Test
    void aScorecardThatDidNotApplyHasNoResult() {
        var name = "as-of-others";
        var scorecard = Scorecard.newBuilder(Story.scorecard())
                .setName(name)
                .setAppliesTo("entity.tier > 2")
                .build();
        PORTAL.tellAt(ago(39), PORTAL.topics().scorecards(), name, scorecard);

        var then = get("/api/v1/entities/" + ENTITY + "/scorecards/" + name + "?asOf=" + ago(20));
        var later = json("/api/v1/entities/" + ENTITY + "/scorecards/" + name + "?asOf=" + ago(4));

        assertThat(then.statusCode()).isEqualTo(404);
        assertThat(then.body()).contains("The scorecard did not apply to the entity then");
        assertThat(later.path("scorecard").asString()).isEqualTo(name);
        assertThat(later.path("recorded").isNull()).isTrue();
        assertThat(later.path("agrees").isNull()).isTrue();
        assertThat(later.path("version").asInt()).isZero();
    }

    @Test
    void someAskAtATime() throws Exception {
        var entered = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        var results = PORTAL.bean(PastResults.class);
        Caller slow = () -> {
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> results.find(ENTITY, SCORECARD, ago(20), false, slow));
            threads.submit(() -> results.find(ENTITY, SCORECARD, ago(20), false, slow));
            entered.await();
            var answer = get(path("asOf=" + ago(20)));
            go.countDown();

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body()).contains("2 at a time");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("10");
            assertThat(first.get().agrees()).isTrue();
        }
    }

    @Test
    void saysWhyWhenItIsAsked() {
        var then = json(path("explain=true&asOf=" + ago(20)));
        assertThat(then.path("agrees").asBoolean()).isTrue();
        assertThat(then.path("explanations").size()).isEqualTo(2);
        var covered = then.path("explanations").path(0);
        assertThat(covered.path("rule").asString()).isEqualTo("covered");
        assertThat(covered.path("outcome").asString()).isEqualTo("FAIL");
        assertThat(covered.path("expressions").path(0).path("expression").asString())
                .startsWith("coverage.newCode >= ");
        assertThat(covered.path("expressions").path(0).path("filledIn").asString())
                .matches("\\d+\\.0 >= \\d+\\.0");
        assertThat(covered.path("facts").path(0).path("name").asString()).isEqualTo("coverage");

        assertThat(json(path("asOf=" + ago(20))).has("explanations")).isFalse();
        assertThat(get(path("explain=true")).body()).contains("The entity was deleted at");
    }

    @Test
    void endsWhenNobodyWaitsForIt() {
        var results = PORTAL.bean(PastResults.class);

        assertThatThrownBy(() -> results.find(ENTITY, SCORECARD, ago(20), false, () -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(IOException.class);
        assertThat(outcomes(asOf(ago(20)))).isNotEmpty();
    }

    @Test
    void theDescriptionOfTheApiHasBothQuestions() {
        var question = PORTAL.json("/v3/api-docs")
                .path("paths")
                .path("/api/v1/entities/{ref}/scorecards/{scorecard}")
                .path("get");

        assertThat(PORTAL.texts(question.path("parameters"), "name"))
                .containsExactly("ref", "scorecard", "asOf", "explain", "fields");
        assertThat(question.path("parameters").path(2).path("required").asBoolean())
                .isFalse();
        assertThat(question.path("responses").propertyNames()).contains("200", "400", "404", "429", "503");
        assertThat(question.path("summary").asString()).contains("now, or as of an instant of the past");
        assertThat(question.path("responses").path("200").toString())
                .contains("schemas/AsOfView", "schemas/ResultView");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"asOf=2026-11-01T00:00:00Z", "asOf=", "explain=true", "explain", "explain=false&fields=level"})
    void asksWhoWantsToKnow(String query) {
        for (var ref : List.of(ENTITY, ENTITY.replace("/", "%2F"), ENTITY.replace("c", "%63"))) {
            var address = "/api/v1/entities/" + ref + "/scorecards/" + SCORECARD + "?" + query;

            assertThat(PORTAL.get(address).statusCode()).as(address).isEqualTo(401);
            assertThat(get(address).statusCode()).as(address).isIn(200, 400, 404);
        }
        assertThat(PORTAL.get("/api/v1/entities/component:default/nobody").statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<String> get(String path) {
        return PORTAL.get(path, "Authorization", "Bearer a-test-token-of-some-length");
    }

    private static JsonNode json(String path) {
        return JsonMapper.shared().readTree(get(path).body());
    }

    private static String path(String query) {
        return "/api/v1/entities/" + ENTITY + "/scorecards/" + SCORECARD + "?" + query;
    }

    private static JsonNode asOf(Instant at) {
        var answer = get(path("asOf=" + at));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(path("asOf=" + at));
    }

    private static JsonNode refused(Instant at, int status) {
        assertThat(get(path("asOf=" + at)).statusCode()).isEqualTo(status);
        return json(path("asOf=" + at));
    }

    private static Map<String, String> outcomes(JsonNode result) {
        var outcomes = new LinkedHashMap<String, String>();
        result.path("rules")
                .forEach(it -> outcomes.put(
                        it.path("id").asString(), it.path("outcome").asString()));
        return outcomes;
    }
}

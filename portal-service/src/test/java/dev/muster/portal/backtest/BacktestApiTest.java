package dev.muster.portal.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.portal.recorded.Caller;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two components with recorded facts of forty days, on the real broker.
class BacktestApiTest {

    // Topics of its own: others tell of other times, and the order within a partition is what counts.
    private static final TestBroker BROKER = TestBroker.start();
    private static final Portal PORTAL =
            Portal.start(BROKER, TestPostgres.shared().newDatabase(), Map.of());
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOW = Instant.now();
    private static final String LIVE = "past-live";
    private static final String SCORECARD = """
            apiVersion: muster.dev/v1
            kind: Scorecard
            metadata: { name: %s, title: Past }
            spec:
              appliesTo: entity.name.startsWith('past-')
              levels: [bronze]
              rules:
                - id: covered
                  title: Coverage of new code is at least %s %%
                  check: coverage.newCode >= %s
                  level: bronze
                  fresh: 20d
            """;

    @AfterAll
    static void stop() {
        PORTAL.close();
        BROKER.close();
    }

    @BeforeAll
    static void tell() {
        var topics = PORTAL.topics();
        PORTAL.tell(
                topics.scorecards(),
                LIVE,
                Scorecard.newBuilder(Story.scorecard())
                        .setName(LIVE)
                        .setTitle("Past")
                        .setVersion(7)
                        .build());
        for (var name : List.of("past-a", "past-b")) {
            var entity = Entity.newBuilder(Story.component(name, "group:default/past", 1))
                    .setClaims(List.of("repo:github.com/acme/" + name))
                    .build();
            PORTAL.tellAt(
                    NOW.minus(Duration.ofDays(name.equals("past-a") ? 100 : 4)),
                    topics.catalog(),
                    entity.getRef(),
                    entity);
            var live = Result.newBuilder(Story.result(entity.getRef(), 1, "bronze", NOW, Map.of()))
                    .setScorecard(LIVE)
                    .build();
            PORTAL.tell(topics.results(), entity.getRef() + "|" + LIVE, withRule(live, "covered", Outcome.PASS));
        }
        // Later records first: partitions, and records of one, are not in the order of their times.
        coverage("past-b", 3, 10, "d-b1");
        coverage("past-a", 40, 90, "d-a0");
        coverage("past-a", 10, 10, "d-a1");
        coverage("past-a", 5, 90, "d-a2");
        PORTAL.tellRaw(topics.facts().name(), "repo:github.com/acme/past-a", new byte[] {1, 2, 3});
        await().untilAsserted(
                        () -> assertThat(PORTAL.json("/api/v1/entities/component:default/past-b/scorecards/" + LIVE)
                                        .path("level")
                                        .asString(""))
                                .isEqualTo("bronze"));
    }

    private static Result withRule(Result it, String rule, Outcome outcome) {
        var only = dev.muster.schemas.v1.RuleOutcome.newBuilder(it.getRules().getFirst())
                .setRule(rule)
                .setOutcome(outcome)
                .build();
        return Result.newBuilder(it).setRules(List.of(only)).build();
    }

    private static void coverage(String name, int daysAgo, int percent, String delivery) {
        var at = NOW.minus(Duration.ofDays(daysAgo));
        var subject = "repo:github.com/acme/" + name;
        var facts = FactsObserved.newBuilder()
                .setSubject(subject)
                .setReceivedAt(at)
                .setOrigin(Origin.newBuilder()
                        .setSource("github")
                        .setConnection("github")
                        .setDeliveryId(delivery)
                        .build())
                .setChanges(List.of(FactChange.newBuilder()
                        .setFact("coverage")
                        .setKind(FactChangeKind.SET)
                        .setValue("{\"newCode\":%d.0}".formatted(percent))
                        .setSourceTime(at)
                        .build()))
                .build();
        PORTAL.tellAt(at, PORTAL.topics().facts(), subject, facts);
    }

    @Test
    void tellsWhatAScorecardWouldHaveDone() {
        var report = backtest("past-new", 80, "90d");

        assertThat(report.path("entities").asInt()).isEqualTo(2);
        assertThat(report.path("changed").asInt()).isEqualTo(2);
        assertThat(report.path("unreadable").asInt()).isPositive();
        var rule = report.path("rules").path(0);
        assertThat(rule.path("then").toString()).isEqualTo("{\"UNKNOWN\":2}");
        assertThat(rule.path("now").toString()).isEqualTo("{\"PASS\":1,\"FAIL\":1}");
        // a: pass 40 days ago, stale after 20 more, fail, pass; b: fail
        assertThat(rule.path("changes").asInt()).isEqualTo(5);
        assertThat(PORTAL.texts(report.path("examples"), "kind"))
                .containsExactly("RECOVERED", "REGRESSED", "REGRESSED", "RECOVERED", "REGRESSED");
        assertThat(report.path("examples").path(1).path("cause").path("kind").asString())
                .isEqualTo("CLOCK");
        assertThat(report.path("live").isNull()).isTrue();
    }

    @Test
    void aDraftAndARuleThatCountsLaterAreJudgedAsIfTheyCountedAlready() {
        var live = backtest("past-new", 80, "90d");
        var draft = report(
                SCORECARD
                        .formatted("past-new", 80, "80.0")
                        .replace("spec:", "spec:\n  draft: true")
                        .replace("      fresh: 20d", "      fresh: 20d\n      effectiveFrom: 2099-01-01T00:00:00Z"),
                "90d");

        assertThat(draft.path("rules")).isEqualTo(live.path("rules"));
        assertThat(draft.path("messages")).isEqualTo(live.path("messages"));
        assertThat(draft.path("messages").path("sum").asInt()).isPositive();
    }

    @Test
    void factsOfBeforeOnlyMakeTheBaseline() {
        var report = backtest("past-new", 80, "8d");

        assertThat(report.path("rules").path(0).path("then").toString()).isEqualTo("{\"FAIL\":1,\"UNKNOWN\":1}");
        assertThat(report.path("rules").path(0).path("changes").asInt()).isEqualTo(2);
        assertThat(report.path("facts").asInt()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void entitiesAreThoseOfTheTime() {
        var topics = PORTAL.topics();
        var ref = "component:default/gone-a";
        var entity = Entity.newBuilder(Story.component("gone-a", "group:default/past", 1))
                .setClaims(List.of("repo:github.com/acme/gone-a"))
                .build();
        coverage("gone-a", 60, 10, "d-g1");
        PORTAL.tellAt(NOW.minus(Duration.ofDays(50)), topics.catalog(), ref, entity);
        PORTAL.tellAt(NOW.minus(Duration.ofDays(48)), topics.catalog(), ref, null);
        coverage("gone-a", 47, 90, "d-g2");

        var report = report(SCORECARD.formatted("gone", 80, "80.0").replace("'past-'", "'gone-'"), "90d");

        assertThat(report.path("entities").asInt()).isEqualTo(1);
        assertThat(report.path("rules").path(0).path("then").toString()).isEqualTo("{\"FAIL\":1}");
        assertThat(report.path("rules").path(0).path("now").toString()).isEqualTo("{}");
        assertThat(report.path("transitions").toString()).isEqualTo("{\"BASELINE\":1,\"CHANGED\":1}");
        assertThat(report.path("examples").path(0).path("at").asString())
                .isEqualTo(NOW.minus(Duration.ofDays(48))
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString());
    }

    @Test
    void countsTheMessagesThatOwnersWouldHaveGot() {
        var messages = backtest("past-new", 80, "90d").path("messages");

        assertThat(messages.path("owners").path(0).path("owner").asString()).isEqualTo("group:default/past");
        // a: its evidence went stale, it failed, it recovered; b: it failed
        assertThat(messages.path("sum").asInt()).isEqualTo(4);
    }

    @Test
    void comparesWithTheLiveScorecardOfThatName() {
        var live = backtest(LIVE, 80, "90d").path("live");

        assertThat(live.path("version").asInt()).isEqualTo(7);
        assertThat(live.path("different").asInt()).isEqualTo(1);
        assertThat(live.path("notListed").asInt()).isZero();
        var example = live.path("examples").path(0);
        assertThat(example.path("entity").asString()).isEqualTo("component:default/past-b");
        assertThat(example.path("rules").path(0).path("live").asString()).isEqualTo("PASS");
        assertThat(example.path("rules").path(0).path("here").asString()).isEqualTo("FAIL");
    }

    @Test
    void saysHowManyOfThoseThatChangedAreNotListed() {
        int many = Tally.ENTITIES + 3;
        for (int i = 0; i < many; i++) {
            var entity = Entity.newBuilder(Story.component("many-" + i, "group:default/past", 1))
                    .setClaims(List.of("repo:github.com/acme/many-" + i))
                    .build();
            PORTAL.tellAt(NOW.minus(Duration.ofDays(50)), PORTAL.topics().catalog(), entity.getRef(), entity);
            coverage("many-" + i, 40, 10, "d-m" + i);
        }

        var report = report(SCORECARD.formatted("many", 80, "80.0").replace("'past-'", "'many-'"), "45d");

        assertThat(report.path("changed").asInt()).isEqualTo(many);
        assertThat(report.path("byEntity")).hasSize(Tally.ENTITIES);
        assertThat(report.path("notListed").path("entities").asInt()).isEqualTo(3);
        var transitions = report.path("transitions")
                .valueStream()
                .mapToInt(JsonNode::asInt)
                .sum();
        assertThat(transitions).isGreaterThanOrEqualTo(many);
        assertThat(report.path("examples")).hasSize(2 * Tally.EXAMPLES);
        assertThat(report.path("notListed").path("transitions").asInt()).isEqualTo(transitions - 2 * Tally.EXAMPLES);
        var few = backtest("past-new", 80, "90d");
        assertThat(few.path("notListed").toString()).isEqualTo("{\"entities\":0,\"transitions\":0}");
    }

    @Test
    void tellsEveryMistakeOfTheScorecard() {
        var answer = PORTAL.post(
                "/api/v1/backtests?file=s.yaml",
                SCORECARD.formatted("past-new", 80, "nonsense").replace("title: Coverage", "titel: Coverage"));

        assertThat(answer.statusCode()).isEqualTo(422);
        var errors = JSON.readTree(answer.body()).path("errors");
        assertThat(errors.size()).isGreaterThan(1);
        assertThat(errors.path(0).path("file").asString()).isEqualTo("s.yaml");
        assertThat(errors.path(0).path("line").asInt()).isPositive();
    }

    @Test
    void sinceHasBounds() {
        for (var since : List.of("59m", "366d", "soon", "-2d")) {
            var answer = PORTAL.post("/api/v1/backtests?since=" + since, SCORECARD.formatted("past-new", 80, "80.0"));

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("1h to 365d");
        }
    }

    @Test
    void needsATokenThatMayChangeThings() {
        var answer = PORTAL.post("/api/v1/backtests", "x", "Content-Type", "application/yaml");

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void runsOneAtATime() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var backtests = PORTAL.bean(Backtests.class);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> backtests.run(
                    null, SCORECARD.formatted("past-new", 80, "80.0"), Duration.ofDays(90), new Slow(entered, go)));
            entered.await();
            var answer = PORTAL.post("/api/v1/backtests", SCORECARD.formatted("past-new", 80, "80.0"));
            go.countDown();

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("10");
            assertThat(first.get().entities()).isEqualTo(2);
        }
    }

    /// A caller that begins to wait at once.
    private record Slow(CountDownLatch entered, CountDownLatch go) implements Caller {
        @Override
        public void check() throws IOException {
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void endsWhenNobodyWaitsForIt() {
        var backtests = PORTAL.bean(Backtests.class);

        assertThatThrownBy(() ->
                        backtests.run(null, SCORECARD.formatted("past-new", 80, "80.0"), Duration.ofDays(90), () -> {
                            throw new IOException("gone");
                        }))
                .isInstanceOf(IOException.class);
        assertThat(backtest("past-new", 80, "1h").path("entities").asInt()).isEqualTo(2);
    }

    private static JsonNode backtest(String name, int percent, String since) {
        return report(SCORECARD.formatted(name, percent, percent + ".0"), since);
    }

    private static JsonNode report(String scorecard, String since) {
        var answer = PORTAL.post("/api/v1/backtests?since=" + since, scorecard);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}

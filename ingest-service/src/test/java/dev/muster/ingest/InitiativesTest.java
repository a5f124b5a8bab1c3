package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Initiative;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Initiatives, from the outside, against a real broker and registry.
class InitiativesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CATALOG = """
            { apiVersion: v1, kind: Group, metadata: { name: initiators }, spec: { type: team } }
            ---
            apiVersion: v1
            kind: Component
            metadata: { name: initiated-one, annotations: { muster.dev/tier: "1" } }
            spec: { type: initiated, lifecycle: production, owner: initiators }
            ---
            apiVersion: v1
            kind: Component
            metadata: { name: initiated-two, annotations: { muster.dev/tier: "2" } }
            spec: { type: initiated, lifecycle: production, owner: initiators }
            """;

    private static ConfigurableApplicationContext context;
    private static Http http;
    private static TopicRecords records;
    private static Topics topics;

    @BeforeAll
    static void start() {
        context = IngestContext.start(TestBroker.shared(), TestRegistry.shared());
        http = new Http(IngestContext.port(context));
        topics = context.getBean(Topics.class);
        records = new TopicRecords(TestBroker.shared().bootstrapServers());
        good(http.putYaml("/v1/catalog", CATALOG));
        good(http.putYaml(
                "/v1/scorecards",
                scorecard("initiated", "entity.type == 'initiated'") + "---\n"
                        + scorecard("of-nobody", "entity.type == 'there is no such type'")));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static String scorecard(String name, String appliesTo) {
        return """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: %s }
                spec:
                  appliesTo: "%s"
                  levels: [bronze, silver]
                  rules:
                    - { id: few-findings, title: Few, check: "size(vulnerabilities) <= 0", level: bronze }
                """.formatted(name, appliesTo);
    }

    private static String initiative(String name, String spec) {
        return """
                apiVersion: muster.dev/v1
                kind: Initiative
                metadata: { name: %s, title: Of %s, owner: initiators }
                spec: { %s }
                """.formatted(name, name, spec);
    }

    private static String level(String name, String more) {
        return initiative(name, "scorecard: initiated, level: silver, due: 2999-12-24" + more);
    }

    private static HttpResponse<String> put(String body) {
        return http.putYaml("/v1/initiatives", body);
    }

    private static JsonNode good(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<Initiative> stored(String name) {
        return records.all(topics.initiatives()).stream()
                .filter(it -> it.key().equals(name))
                .map(ConsumerRecord::value)
                .toList();
    }

    @Test
    void declaresOnceAndTellsHowManyEntitiesItMeans() {
        var first = good(put(level("once", ", appliesTo: 'entity.tier <= 1', startsAt: 2026-11-01")
                + "---\n"
                + initiative("by-rule", "scorecard: initiated, rules: [few-findings], due: 2999-12-24T12:00:00Z")));

        assertThat(first.path("applied").toString()).isEqualTo("[\"once\",\"by-rule\"]");
        assertThat(first.path("entities").toString()).isEqualTo("{\"once\":1,\"by-rule\":2}");
        assertThat(good(put("# a remark\n" + level("once", ", appliesTo: 'entity.tier <= 1', startsAt: 2026-11-01")))
                        .path("unchanged")
                        .toString())
                .isEqualTo("[\"once\"]");
        assertThat(stored("once")).singleElement().satisfies(it -> {
            assertThat(it.getTitle()).isEqualTo("Of once");
            assertThat(it.getOwner()).isEqualTo("group:default/initiators");
            assertThat(it.getScorecard()).isEqualTo("initiated");
            assertThat(it.getLevel()).isEqualTo("silver");
            assertThat(it.getRules()).isEmpty();
            assertThat(it.getAppliesTo()).isEqualTo("entity.tier <= 1");
            assertThat(it.getStartsAt()).isEqualTo("2026-11-01T00:00:00Z");
            assertThat(it.getDue()).isEqualTo("2999-12-25T00:00:00Z");
            assertThat(it.getAppliedBy()).isEqualTo("admin");
        });
        assertThat(stored("by-rule")).singleElement().satisfies(it -> {
            assertThat(it.getLevel()).isNull();
            assertThat(it.getRules()).containsExactly("few-findings");
            assertThat(it.getDue()).isEqualTo("2999-12-24T12:00:00Z");
        });
        var listed = JSON.readTree(http.get("/v1/initiatives").body()).path("initiatives");
        assertThat(listed.findValuesAsString("name")).contains("once", "by-rule");
    }

    @Test
    void startsOnTheDayOnWhichItWasFirstDeclaredUnlessItSays() {
        good(put(level("started", "")));
        good(put(level("started", ", appliesTo: 'entity.tier == 2'")));

        assertThat(stored("started")).hasSize(2).allSatisfy(it -> {
            assertThat(it.getStartsAt()).isEqualTo(it.getDeclaredAt().truncatedTo(ChronoUnit.DAYS));
            assertThat(it.getDeclaredAt())
                    .isEqualTo(stored("started").getFirst().getAppliedAt());
        });
    }

    @Test
    void storesNothingWhenOnlyAskedAndDeletesOnce() {
        assertThat(good(http.putYaml("/v1/initiatives?dryRun=true", level("asked", "")))
                        .path("applied")
                        .toString())
                .isEqualTo("[\"asked\"]");
        assertThat(stored("asked")).isEmpty();

        good(put(level("deleted", "")));
        assertThat(http.delete("/v1/initiatives/deleted").statusCode()).isEqualTo(204);
        assertThat(stored("deleted")).hasSize(2).last().isNull();
        var again = http.delete("/v1/initiatives/deleted");
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).contains("No such initiative is declared");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "scorecard: initiated, level: silver, due: 2999-01-01, appliesTo: 'entity.tier == 7' | 4:74 | means no entity:"
                        + " 'appliesTo' leaves out all 2 that 'initiated' scores",
                "scorecard: of-nobody, level: silver, due: 2999-01-01 | 4:20 | means no entity: 'of-nobody' scores none of the"
                        + " catalogue",
                "scorecard: initiatd, level: silver, due: 2999-01-01 | 4:20 | no scorecard 'initiatd' is published; did you mean"
                        + " 'initiated'?",
                "scorecard: initiated, level: sliver, due: 2999-01-01 | 4:38 | 'sliver' is not a level of 'initiated'; its levels"
                        + " are bronze, silver; did you mean 'silver'?",
                "scorecard: initiated, rules: [few-finding], due: 2999-01-01 | 4:39 | 'initiated' has no rule 'few-finding'; did"
                        + " you mean 'few-findings'?",
                "scorecard: initiated, level: silver, due: 2020-01-01 | 4:51 | is due in the past: it ended at"
                        + " 2020-01-02T00:00:00Z",
                "scorecard: initiated, level: silver, due: 2999-01-01, startsAt: 2999-01-02 | 4:51 | is due before it starts",
                "scorecard: initiated, level: silver, rules: [few-findings], due: 2999-01-01 | 4:53 | a 'level' or 'rules', not"
                        + " both",
                "scorecard: initiated, due: 2999-01-01 | 4:7 | needs a 'level' that is to be reached, or 'rules'",
                "scorecard: initiated, level: silver, due: 2999-01-01, appliesTo: entity.teir > 1 | 4:80 | unknown field 'teir';"
                        + " did you mean 'tier'?",
                "scorecard: initiated, level: silver, due: 2999-01-01, dew: 1 | 4:63 | unknown key 'dew'; did you mean 'due'?",
                "scorecard: initiated, level: silver | 4:7 | 'due' is missing"
            })
    void refusesWhatMakesNoSenseAndStoresNothing(String spec, String place, String message) {
        var answer = http.putYaml(
                "/v1/initiatives?file=x.yaml", level("beside", "") + "---\n" + initiative("senseless", spec));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        var error = JSON.readTree(answer.body()).path("errors").path(0);
        assertThat(error.path("file").asString()).isEqualTo("x.yaml");
        assertThat(error.path("line").asInt() - 5 + ":" + error.path("column").asInt())
                .as(answer.body())
                .isEqualTo(place);
        assertThat(error.path("message").asString()).contains(message);
        assertThat(stored("beside")).isEmpty();
        assertThat(stored("senseless")).isEmpty();
    }

    @Test
    void refusesOneNameTwiceAndAFileWithout() {
        assertThat(put(level("twice", "") + "---\n" + level("twice", "")).body())
                .contains("the initiative 'twice' is there twice", "\"line\":6");
        assertThat(put("# nothing\n").body()).contains("holds no initiative");
        assertThat(stored("twice")).isEmpty();
        assertThat(http.putYaml("/v1/catalog", level("elsewhere", "")).body())
                .contains("an Initiative is declared with PUT /v1/initiatives");
    }

    @Test
    void staysGoodAfterItIsDueAndCannotBecomeDueInThePast() {
        var due = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
        var spec = "scorecard: initiated, level: silver, due: " + due;
        good(put(initiative("over", spec)));
        await().until(() -> !Instant.now().isBefore(due));

        assertThat(good(put(initiative("over", spec))).path("unchanged").toString())
                .isEqualTo("[\"over\"]");
        assertThat(good(put(initiative("over", spec + ", appliesTo: 'entity.tier == 1'")))
                        .path("applied")
                        .toString())
                .isEqualTo("[\"over\"]");
        assertThat(put(initiative("over", "scorecard: initiated, level: silver, due: " + due.minusSeconds(60)))
                        .body())
                .contains("is due in the past");
    }

    @Test
    void countsByClosedSets() {
        good(put(level("counted", "")));
        put(initiative("counted", "scorecard: none"));
        var management = new Http(IngestContext.managementPort(context));

        var metrics =
                management.send(management.to("/actuator/prometheus").GET()).body();

        assertThat(metrics)
                .contains("muster_ingest_declarations_total{kind=\"initiative\",outcome=\"applied\"}")
                .contains("muster_ingest_declarations_total{kind=\"initiative\",outcome=\"refused\"}");
    }
}

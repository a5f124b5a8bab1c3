package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Editors declare what their teams own, before and after, from the outside, against a real broker and registry.
class OwnersDeclareTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String GROUPS = """
            { apiVersion: v1, kind: Group, metadata: { name: billing }, spec: { type: team } }
            ---
            { apiVersion: v1, kind: Group, metadata: { name: elsewhere }, spec: { type: team } }
            """;

    private static ConfigurableApplicationContext context;
    private static Http admin;
    private static TopicRecords records;
    private static Topics topics;

    @BeforeAll
    static void start() {
        context = IngestContext.start(TestBroker.shared(), TestRegistry.shared(), People.settings());
        admin = new Http(IngestContext.port(context));
        topics = context.getBean(Topics.class);
        records = new TopicRecords(TestBroker.shared().bootstrapServers());
        good(admin.putYaml("/v1/catalog", GROUPS));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static Http as(String person) {
        return admin.as(person);
    }

    private static String component(String name, String owner, String more) {
        return """
                apiVersion: v1
                kind: Component
                metadata: { name: %s }
                spec: { type: owned, lifecycle: production, owner: %s%s }
                """.formatted(name, owner, more);
    }

    private static String scorecard(String name, String owner, int most) {
        return """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: %s%s }
                spec:
                  appliesTo: entity.type == 'owned'
                  levels: [bronze]
                  rules:
                    - { id: few-findings, title: Few, check: "size(vulnerabilities) <= %d", level: bronze }
                """.formatted(name, owner.isEmpty() ? "" : ", owner: " + owner, most);
    }

    private static String initiative(String name, String owner, String due) {
        return """
                apiVersion: muster.dev/v1
                kind: Initiative
                metadata: { name: %s%s }
                spec: { scorecard: for-initiatives, level: bronze, due: %s }
                """.formatted(name, owner.isEmpty() ? "" : ", owner: " + owner, due);
    }

    private static void good(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static JsonNode refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        var problem = JSON.readTree(answer.body());
        assertThat(problem.path("detail").asString()).contains("the role admin or the duty platform");
        return problem;
    }

    private static <V extends SpecificRecord> List<V> stored(Topic<String, V> topic, String key) {
        return records.all(topic).stream()
                .filter(it -> it.key().equals(key))
                .map(it -> it.value())
                .toList();
    }

    @Test
    void anEditorDeclaresChangesAndDeletesWhatIsOfTheOwnTeam() {
        var owner = as(People.OWNER);

        good(owner.putYaml("/v1/catalog", component("own", "billing", "")));
        good(owner.putYaml("/v1/catalog", component("own", "billing", ", dependsOn: [component:default/own-too]")));
        assertThat(owner.delete("/v1/catalog/component:default/own").statusCode())
                .isEqualTo(204);

        assertThat(stored(topics.catalog(), "component:default/own"))
                .hasSize(3)
                .last()
                .isNull();
        assertThat(records.all(topics.catalog()))
                .filteredOn(it -> it.key().equals("component:default/own"))
                .allSatisfy(it -> assertThat(
                                it.headers().lastHeader(CloudEventHeaders.ACTOR).value())
                        .asString(UTF_8)
                        .isEqualTo(People.OWNER));
    }

    @Test
    void anEditorTakesNothingFromAnotherTeamAndGivesNothingAway() {
        good(admin.putYaml("/v1/catalog", component("fought-over", "billing", "")));

        var taken = refused(as(People.STRANGER)
                .putYaml("/v1/catalog?file=catalog-info.yaml", component("fought-over", "elsewhere", "")));
        var error = taken.path("errors").get(0);
        assertThat(error.path("file").asString()).isEqualTo("catalog-info.yaml");
        assertThat(error.path("line").asInt()).isEqualTo(4);
        assertThat(error.path("path").asString()).isEqualTo("spec.owner");
        assertThat(error.path("message").asString())
                .isEqualTo(
                        "component:default/fought-over is owned by group:default/billing, of which you are no member");
        var given = refused(as(People.OWNER).putYaml("/v1/catalog", component("fought-over", "elsewhere", "")));
        assertThat(given.path("errors").get(0).path("message").asString())
                .isEqualTo(
                        "component:default/fought-over would be owned by group:default/elsewhere, of which you are no"
                                + " member; name a team of yours: group:default/billing");
        assertThat(refused(as(People.STRANGER).delete("/v1/catalog/component:default/fought-over"))
                        .path("detail")
                        .asString())
                .contains("is owned by group:default/billing");

        assertThat(stored(topics.catalog(), "component:default/fought-over"))
                .singleElement()
                .satisfies(it -> assertThat(it.getOwner()).isEqualTo("group:default/billing"));
    }

    @Test
    void aTrialSaysWhatWouldBeRefused() {
        refused(as(People.STRANGER).putYaml("/v1/catalog?dryRun=true", component("tried", "billing", "")));
        good(as(People.OWNER).putYaml("/v1/catalog?dryRun=true", component("tried", "billing", "")));

        assertThat(stored(topics.catalog(), "component:default/tried")).isEmpty();
    }

    @Test
    void nothingIsAppliedOfARequestOfWhichOneDocumentIsRefused() {
        good(admin.putYaml("/v1/catalog", component("foreign", "elsewhere", "")));

        var problem = refused(as(People.OWNER)
                .putYaml(
                        "/v1/catalog",
                        component("batched", "billing", "") + "---\n"
                                + component("foreign", "elsewhere", ", dependsOn: [component:default/batched]")
                                + "---\n"
                                + component("foreign-too", "elsewhere", "")));
        assertThat(problem.path("errors")).hasSize(2);
        assertThat(stored(topics.catalog(), "component:default/batched")).isEmpty();

        // What is there already as it is sent changes nothing, and is nobody's business.
        good(as(People.OWNER)
                .putYaml(
                        "/v1/catalog",
                        GROUPS + "---\n" + component("foreign", "elsewhere", "") + "---\n"
                                + component("batched", "billing", "")));
        assertThat(stored(topics.catalog(), "component:default/batched")).hasSize(1);
        assertThat(stored(topics.catalog(), "component:default/foreign")).hasSize(1);
    }

    @Test
    void anEditorTakesWhatNobodyOwnsYetAndDeletesItOnlyThen() {
        good(admin.putYaml(
                "/v1/catalog", "{ kind: Resource, metadata: { name: ownerless }, spec: { type: database } }"));

        assertThat(refused(as(People.OWNER).delete("/v1/catalog/resource:default/ownerless"))
                        .path("detail")
                        .asString())
                .contains("resource:default/ownerless has no owner");
        assertThat(refused(as(People.OWNER)
                                .putYaml(
                                        "/v1/catalog",
                                        "{ kind: Resource, metadata: { name: ownerless }, spec: { type: bucket } }"))
                        .path("errors")
                        .get(0)
                        .path("message")
                        .asString())
                .contains("would have no owner; name a team of yours: group:default/billing");
        good(as(People.OWNER)
                .putYaml(
                        "/v1/catalog",
                        "{ kind: Resource, metadata: { name: ownerless }, spec: { type: bucket, owner: billing } }"));
        assertThat(as(People.OWNER)
                        .delete("/v1/catalog/resource:default/ownerless")
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ kind: Group, metadata: { name: billing, annotations: { github.com/team-slug: acme/mallory } }, spec: { type: team } }",
                "{ kind: Group, metadata: { name: mine-alone }, spec: { type: team } }",
                "{ kind: User, metadata: { name: mallory }, spec: { memberOf: [billing] } }"
            })
    void groupsAndUsersAreNotForEditors(String descriptor) {
        var problem = refused(as(People.OWNER).putYaml("/v1/catalog", descriptor));

        assertThat(problem.path("errors").get(0).path("message").asString())
                .contains("says who is in which team, whoever owns it");
        refused(as(People.OWNER).delete("/v1/catalog/group:default/billing"));
    }

    @Test
    void theDutyPlatformDeclaresEverything() {
        var engineer = as(People.ENGINEER);

        good(engineer.putYaml("/v1/catalog", "{ kind: Group, metadata: { name: engineered }, spec: { type: team } }"));
        good(engineer.putYaml("/v1/catalog", component("engineered", "billing", "")));
        good(engineer.putYaml("/v1/scorecards", scorecard("engineered", "", 1)));
        assertThat(engineer.delete("/v1/scorecards/engineered").statusCode()).isEqualTo(204);
        assertThat(engineer.delete("/v1/catalog/component:default/engineered").statusCode())
                .isEqualTo(204);
        assertThat(engineer.delete("/v1/catalog/group:default/engineered").statusCode())
                .isEqualTo(204);
    }

    @Test
    void anEditorPublishesAScorecardOfTheOwnTeam() {
        var owner = as(People.OWNER);

        good(owner.putYaml("/v1/scorecards", scorecard("of-billing", "billing", 1)));
        good(owner.putYaml("/v1/scorecards", scorecard("of-billing", "billing", 2)));
        refused(as(People.STRANGER).putYaml("/v1/scorecards", scorecard("of-billing", "billing", 3)));
        refused(as(People.STRANGER).putYaml("/v1/scorecards", scorecard("of-billing", "elsewhere", 2)));
        refused(owner.putYaml("/v1/scorecards", scorecard("of-billing", "elsewhere", 2)));
        refused(owner.putYaml("/v1/scorecards", scorecard("of-billing", "", 2)));
        assertThat(refused(as(People.STRANGER).delete("/v1/scorecards/of-billing"))
                        .path("detail")
                        .asString())
                .contains("the scorecard 'of-billing' is owned by group:default/billing");
        assertThat(stored(topics.scorecards(), "of-billing")).hasSize(2);
        assertThat(owner.delete("/v1/scorecards/of-billing").statusCode()).isEqualTo(204);
        assertThat(records.all(topics.scorecards()))
                .filteredOn(it -> it.key().equals("of-billing") && it.value() == null)
                .singleElement()
                .satisfies(it -> assertThat(
                                it.headers().lastHeader(CloudEventHeaders.ACTOR).value())
                        .asString(UTF_8)
                        .isEqualTo(People.OWNER));
    }

    @Test
    void aScorecardWithoutAnOwnerIsForThePlatformAlone() {
        good(admin.putYaml("/v1/scorecards", scorecard("of-everybody", "", 1)));

        refused(as(People.OWNER).putYaml("/v1/scorecards", scorecard("of-everybody", "billing", 1)));
        refused(as(People.OWNER).putYaml("/v1/scorecards", scorecard("of-nobody-yet", "", 1)));
        refused(as(People.OWNER).delete("/v1/scorecards/of-everybody"));
        var batch = refused(as(People.OWNER)
                .putYaml(
                        "/v1/scorecards",
                        scorecard("batched-own", "billing", 1) + "---\n" + scorecard("of-everybody", "billing", 2)));
        assertThat(batch.path("errors")).hasSize(1);
        assertThat(batch.path("errors").get(0).path("line").asInt()).isEqualTo(10);
        assertThat(batch.path("errors").get(0).path("message").asString())
                .isEqualTo("the scorecard 'of-everybody' has no owner");

        assertThat(stored(topics.scorecards(), "of-everybody")).hasSize(1);
        assertThat(stored(topics.scorecards(), "batched-own")).isEmpty();
        assertThat(stored(topics.scorecards(), "of-nobody-yet")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"billing, 200, 204", "elsewhere, 403, 403", "'', 403, 403"})
    void anInitiativeIsForThoseWhoOwnIt(String team, int changed, int deleted) {
        var name = "for-" + (team.isEmpty() ? "everybody" : team);
        good(admin.putYaml("/v1/catalog", component("initiated-by-owners", "billing", "")));
        good(admin.putYaml("/v1/scorecards", scorecard("for-initiatives", "", 1)));
        good(admin.putYaml("/v1/initiatives", initiative(name, team, "2999-12-24")));

        var answer = as(People.OWNER).putYaml("/v1/initiatives", initiative(name, team, "2999-12-25"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(changed);
        assertThat(as(People.OWNER).delete("/v1/initiatives/" + name).statusCode())
                .isEqualTo(deleted);

        assertThat(records.all(topics.initiatives()))
                .filteredOn(it -> it.key().equals(name))
                .hasSize(changed == 200 ? 3 : 1)
                .last()
                .satisfies(it -> assertThat(
                                it.headers().lastHeader(CloudEventHeaders.ACTOR).value())
                        .asString(UTF_8)
                        .isEqualTo(changed == 200 ? People.OWNER : "admin"));
    }
}

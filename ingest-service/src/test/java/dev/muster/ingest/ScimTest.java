package dev.muster.ingest;

import static dev.muster.ingest.ScimClient.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// Users and groups as Okta and Microsoft Entra ID push them, against a real broker and registry.
class ScimTest {

    private static ConfigurableApplicationContext context;
    private static Http http;
    private static ScimClient scim;
    private static TopicRecords records;
    private static Topics topics;

    @BeforeAll
    static void start() {
        context = IngestContext.start(TestBroker.shared(), TestRegistry.shared(), ScimClient.settings());
        http = new Http(IngestContext.port(context));
        scim = new ScimClient(IngestContext.port(context));
        topics = context.getBean(Topics.class);
        records = new TopicRecords(TestBroker.shared().bootstrapServers());
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    // ---- facts

    private static List<FactsObserved> told(String subject) {
        return records.all(topics.facts()).stream()
                .map(ConsumerRecord::value)
                .filter(it -> it.getSubject().equals(subject))
                .toList();
    }

    private static Map<String, String> members(FactsObserved facts) {
        assertThat(facts.getChanges().getFirst().getFact()).isEqualTo("teamMembers");
        assertThat(facts.getChanges().getFirst().getKind()).isEqualTo(FactChangeKind.SNAPSHOT);
        return facts.getChanges().getFirst().getItems();
    }

    private static String provider(FactsObserved facts) {
        assertThat(facts.getChanges().getLast().getFact()).isEqualTo("identityProvider");
        return facts.getChanges().getLast().getValue();
    }

    private static String member(String login, boolean active) {
        return "{\"active\":%s,\"login\":\"%s\"}".formatted(active, login);
    }

    @Test
    void aTeamThatLosesItsLastActiveMemberIsToldToHaveNone() {
        var ada = scim.user("last-ada").id();
        var bob = scim.user("last-bob").id();
        var group = scim.group("Last Ones", ada, bob).id();

        var first = told("team:scim/last%20ones").getLast();
        assertThat(members(first))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("last-ada", member("last-ada", true), "last-bob", member("last-bob", true)));
        assertThat(provider(first)).contains("\"activeMembers\":2", "\"group\":\"Last Ones\"", "\"lastSync\":\"20");
        assertThat(first.getOrigin().getSource()).isEqualTo("scim");
        assertThat(first.getOrigin().getActor()).isEqualTo(ScimClient.NAME);
        assertThat(first.getOrigin().getBackfill())
                .as("what was so before is no news")
                .isTrue();
        assertThat(members(told("team:scim-id/ext-of-Last%20Ones").getLast())).hasSize(2);

        scim.patch("/Users/" + ada, "{ \"op\": \"replace\", \"value\": { \"active\": false } }")
                .is(200);
        var deactivated = told("team:scim/last%20ones").getLast();
        assertThat(members(deactivated))
                .containsEntry("last-ada", member("last-ada", false))
                .hasSize(2);
        assertThat(provider(deactivated)).contains("\"activeMembers\":1");
        assertThat(deactivated.getOrigin().getBackfill()).as("a loss is news").isFalse();

        scim.delete("/Users/" + ada).is(204);
        assertThat(members(told("team:scim/last%20ones").getLast())).containsOnlyKeys("last-bob");
        assertThat(scim.get("/Groups/" + group).json().at("/members")).hasSize(1);

        scim.patch(
                        "/Groups/" + group,
                        "{ \"op\": \"remove\", \"path\": \"members[value eq \\\"%s\\\"]\" }".formatted(bob))
                .is(200);
        var empty = told("team:scim/last%20ones");
        assertThat(members(empty.getLast())).isEmpty();
        assertThat(provider(empty.getLast())).contains("\"activeMembers\":0");
        assertThat(empty)
                .extracting(it -> it.getChanges().getFirst().getSourceTime())
                .as("a later one is later")
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void whatAGroupIsNotCalledByAnyMoreHasNobody() {
        var user = scim.user("renamed-user").id();
        var group = scim.group("before-rename", user).id();

        scim.patch(
                        "/Groups/" + group,
                        "{ \"op\": \"Replace\", \"path\": \"displayName\", \"value\": \"after-rename\" }")
                .is(200);
        assertThat(members(told("team:scim/before-rename").getLast())).isEmpty();
        assertThat(provider(told("team:scim/before-rename").getLast())).contains("\"group\":\"\"");
        assertThat(members(told("team:scim/after-rename").getLast())).containsOnlyKeys("renamed-user");
        assertThat(members(told("team:scim-id/ext-of-before-rename").getLast())).containsOnlyKeys("renamed-user");

        scim.delete("/Groups/" + group).is(204);
        assertThat(members(told("team:scim/after-rename").getLast())).isEmpty();
        assertThat(members(told("team:scim-id/ext-of-before-rename").getLast())).isEmpty();
        scim.get("/Groups/" + group).isRefused(404, "", "no Group with this id");
    }

    @Test
    void entitiesClaimTheGroupsOfTheirOwners() {
        var catalog = """
                { kind: Group, metadata: { name: scim-owner, annotations: { muster.dev/scim-group: "%s" } } }
                ---
                { kind: Component, metadata: { name: scim-owned }, spec: { type: service, owner: scim-owner } }
                """;
        assertThat(http.putYaml("/v1/catalog", catalog.formatted("First Name")).statusCode())
                .isEqualTo(200);
        assertThat(owned().getClaims()).contains("team:scim/first%20name", "team:scim-id/First%20Name");

        // Only the group is written anew; what it owns follows.
        var group = catalog.formatted("00gSECOND").split("---", 2)[0];
        assertThat(http.putYaml("/v1/catalog", group).body()).contains("\"applied\":[\"group:default/scim-owner\"]");
        assertThat(owned().getClaims()).contains("team:scim-id/00gSECOND").doesNotContain("team:scim/first%20name");
        assertThat(http.putYaml("/v1/catalog", catalog.formatted("00gSECOND")).body())
                .contains("\"applied\":[]");
    }

    private static Entity owned() {
        return records.all(topics.catalog()).stream()
                .filter(it -> it.key().equals("component:default/scim-owned"))
                .map(ConsumerRecord::value)
                .toList()
                .getLast();
    }

    // ---- Okta

    @Test
    void followsOkta() {
        assertThat(scim.get("/Users?filter=userName%20eq%20%22okta-ada@example.org%22&startIndex=1&count=100")
                        .is(200)
                        .json()
                        .path("totalResults")
                        .intValue())
                .isZero();
        var made = scim.user("okta-ada@example.org");
        assertThat(made.text("/name/familyName")).isEqualTo("Family");
        assertThat(made.text("/emails/0/value")).isEqualTo("okta-ada@example.org");
        assertThat(made.text("/meta/resourceType")).isEqualTo("User");
        assertThat(made.text("/meta/location")).endsWith("/scim/v2/Users/" + made.id());
        assertThat(made.http().headers().firstValue("Location")).contains(made.text("/meta/location"));
        assertThat(made.http().body()).doesNotContain("secret-of", "locale");

        var user = "/Users/" + made.id();
        scim.put(user, """
                { "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "%s", "userName": "okta-ada@example.org",
                  "active": true, "name": { "givenName": "Ada", "familyName": "Lovelace" }, "title": "Countess" }
                """.formatted(made.id())).is(200);
        assertThat(scim.get(user).text("/name/givenName")).isEqualTo("Ada");
        assertThat(scim.get(user).json().has("externalId"))
                .as("PUT replaces all")
                .isFalse();

        var group = "/Groups/" + scim.group("okta-group").id();
        scim.patch(group, """
                { "op": "replace", "value": { "id": "%s", "displayName": "okta-group renamed" } }
                """.formatted(group.substring("/Groups/".length()))).is(200);
        assertThat(scim.get(group).text("/displayName")).isEqualTo("okta-group renamed");

        scim.patch(group, """
                { "op": "add", "path": "members", "value": [{ "value": "%s", "display": "okta-ada@example.org" }] }
                """.formatted(made.id())).is(200);
        assertThat(scim.get(group).json().at("/members/0/value").asString()).isEqualTo(made.id());
        assertThat(scim.get(user).text("/groups/0/display")).isEqualTo("okta-group renamed");
        assertThat(scim.find("/Groups", "members.value eq \"%s\"".formatted(made.id()))
                        .text("/Resources/0/displayName"))
                .isEqualTo("okta-group renamed");
        assertThat(scim.find("/Groups", "members[value eq \"%s\"]".formatted(made.id()))
                        .json()
                        .path("totalResults")
                        .intValue())
                .isEqualTo(1);

        var other = scim.user("okta-bob@example.org").id();
        scim.patch(group, """
                { "op": "remove", "path": "members[value eq \\"%s\\"]" },
                { "op": "add", "path": "members", "value": [%s] }
                """.formatted(made.id(), values(other))).is(200);
        assertThat(memberIds(group)).containsExactly(other);
        scim.put(group, """
                { "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "okta-group renamed",
                  "members": [%s] }
                """.formatted(values(made.id(), other))).is(200);
        assertThat(memberIds(group)).containsExactlyInAnyOrder(made.id(), other);

        scim.patch(user, "{ \"op\": \"replace\", \"value\": { \"active\": false } }")
                .is(200);
        assertThat(scim.get(user).json().path("active").booleanValue()).isFalse();
        scim.put(user, """
                { "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "okta-ada@example.org", "active": true }
                """).is(200);
        assertThat(scim.get(user).json().path("active").booleanValue()).isTrue();
        assertThat(provider(told("team:scim/okta-group%20renamed").getLast())).contains("\"activeMembers\":2");
    }

    private static List<String> memberIds(String group) {
        return scim.get(group)
                .json()
                .path("members")
                .valueStream()
                .map(it -> it.path("value").asString())
                .toList();
    }

    // ---- Entra

    @Test
    void followsEntra() {
        assertThat(scim.find("/Users", "userName eq \"non-existent-user\"")
                        .is(200)
                        .json()
                        .path("Resources"))
                .isEmpty();
        var made = scim.post("/Users", """
                {
                  "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                  "externalId": "0a21f0f2", "userName": "entra-ada", "active": true, "displayName": "Ada",
                  "emails": [{ "primary": true, "type": "work", "value": "ada@example.org" }],
                  "meta": { "resourceType": "User" },
                  "name": { "formatted": "Ada L", "familyName": "L", "givenName": "Ada" }, "title": "Countess",
                  "addresses": [{ "type": "work", "locality": "London" }],
                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "Engines" }
                }
                """).is(201);
        assertThat(made.http().body()).doesNotContain("London", "Engines", "Countess");
        var user = "/Users/" + made.id();
        assertThat(scim.find("/Users", "externalId eq \"0a21f0f2\"").text("/Resources/0/id"))
                .isEqualTo(made.id());

        scim.patch(user, """
                { "op": "Replace", "path": "emails[type eq \\"work\\"].value", "value": "new@example.org" },
                { "op": "Replace", "path": "name.familyName", "value": "Lovelace" },
                { "op": "Add", "path": "title", "value": "Mathematician" },
                { "op": "Add", "path": "addresses[type eq \\"work\\"].formatted", "value": "1 Street" },
                { "op": "Add", "path": "phoneNumbers[type eq \\"mobile\\"].value", "value": "123" },
                { "op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "X" }
                """).is(200);
        assertThat(scim.get(user).text("/emails/0/value")).isEqualTo("new@example.org");
        assertThat(scim.get(user).text("/name/familyName")).isEqualTo("Lovelace");
        assertThat(scim.get(user).http().body()).doesNotContain("Mathematician", "Street", "phoneNumbers");

        scim.patch(user, """
                { "op": "replace", "value": { "displayName": "Countess", "name.givenName": "Augusta",
                  "emails[type eq \\"work\\"].value": "augusta@example.org",
                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "Y" } }
                """).is(200);
        assertThat(scim.get(user).text("/name/givenName")).isEqualTo("Augusta");
        assertThat(scim.get(user).text("/displayName")).isEqualTo("Countess");
        assertThat(scim.get(user).text("/emails/0/value")).isEqualTo("augusta@example.org");

        var group = "/Groups/" + scim.group("entra-group").id();
        assertThat(scim.get(group + "?excludedAttributes=members")
                        .is(200)
                        .json()
                        .has("members"))
                .isFalse();
        scim.patch(group, "{ \"op\": \"Add\", \"path\": \"members\", \"value\": [%s] }".formatted(values(made.id())))
                .is(200);
        assertThat(memberIds(group)).containsExactly(made.id());
        assertThat(scim.get("/Groups?excludedAttributes=members&filter=displayName%20eq%20%22entra-group%22")
                        .is(200)
                        .json()
                        .at("/Resources/0")
                        .has("members"))
                .isFalse();

        scim.patch(user, "{ \"op\": \"Replace\", \"path\": \"active\", \"value\": \"False\" }")
                .is(200);
        assertThat(scim.get(user).json().path("active").booleanValue()).isFalse();
        assertThat(provider(told("team:scim/entra-group").getLast())).contains("\"activeMembers\":0");
        scim.patch(user, "{ \"op\": \"Replace\", \"path\": \"active\", \"value\": \"True\" }")
                .is(200);
        assertThat(provider(told("team:scim/entra-group").getLast())).contains("\"activeMembers\":1");

        scim.patch(group, "{ \"op\": \"Remove\", \"path\": \"members\", \"value\": [%s] }".formatted(values(made.id())))
                .is(200);
        assertThat(memberIds(group)).isEmpty();
        scim.delete(user).is(204);
        scim.get(user).isRefused(404, "", "no User with this id");
        scim.delete(user).isRefused(404, "", "no User with this id");
    }

    // ---- the protocol

    @Test
    void tellsWhatItCanDo() {
        var config = scim.get("/ServiceProviderConfig").is(200).json();
        assertThat(config.at("/patch/supported").booleanValue()).isTrue();
        assertThat(config.at("/filter/maxResults").intValue()).isEqualTo(200);
        assertThat(config.at("/etag/supported").booleanValue()).isTrue();
        assertThat(config.at("/bulk/supported").booleanValue()).isFalse();
        assertThat(config.at("/authenticationSchemes/0/type").asString()).isEqualTo("oauthbearertoken");
        assertThat(scim.get("/ResourceTypes").is(200).json().path("Resources").valueStream())
                .extracting(it -> it.path("name").asString())
                .contains("User", "Group");
        assertThat(scim.get("/ResourceTypes/User").text("/endpoint")).isEqualTo("/Users");
        assertThat(scim.get("/Schemas").is(200).http().body()).doesNotContain("\"password\"");
        var user = scim.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User")
                .is(200)
                .json();
        assertThat(attribute(user, "userName").path("returned").asString()).isEqualTo("default");
        assertThat(attribute(user, "addresses").path("returned").asString())
                .as("what is not kept is said to be so")
                .isEqualTo("never");
    }

    private static JsonNode attribute(JsonNode schema, String name) {
        return schema.path("attributes")
                .valueStream()
                .filter(it -> it.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pagesAndSorts() {
        IntStream.range(0, 7).forEach(i -> scim.user("paged-" + (6 - i)));
        var filter = "filter=userName%20sw%20%22paged-%22";
        var page = scim.get("/Users?" + filter + "&startIndex=3&count=2&sortBy=userName")
                .is(200)
                .json();
        assertThat(page.path("totalResults").intValue()).isEqualTo(7);
        assertThat(page.path("startIndex").intValue()).isEqualTo(3);
        assertThat(page.path("itemsPerPage").intValue()).isEqualTo(2);
        assertThat(names(page)).isEqualTo("paged-2 paged-3");
        assertThat(names(scim.get("/Users?" + filter + "&sortBy=userName&sortOrder=descending&count=1")
                        .json()))
                .isEqualTo("paged-6");
        assertThat(names(scim.get("/Users?" + filter + "&count=2").json())).isEqualTo("paged-6 paged-5");
        assertThat(scim.get("/Users?" + filter + "&count=0")
                        .json()
                        .path("totalResults")
                        .intValue())
                .isEqualTo(7);
        assertThat(scim.get("/Users?" + filter + "&startIndex=100").json().path("Resources"))
                .isEmpty();
        assertThat(scim.post("/Users/.search", """
                { "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName eq \\"PAGED-4\\"" }
                """).is(200).text("/Resources/0/userName"))
                .isEqualTo("paged-4");
        assertThat(scim.get("/Users?attributes=userName&" + filter)
                        .json()
                        .at("/Resources/0")
                        .has("emails"))
                .isFalse();
        assertThat(scim.find("/Users", "userName sw \"paged-\" and not (userName eq \"paged-1\") and active eq true")
                        .json()
                        .path("totalResults")
                        .intValue())
                .isEqualTo(6);
    }

    private static String names(JsonNode page) {
        return page.path("Resources")
                .valueStream()
                .map(it -> it.path("userName").asString())
                .collect(Collectors.joining(" "));
    }

    @Test
    void changesNothingThatSomebodyElseChangedInBetween() {
        var made = scim.user("tagged");
        var user = "/Users/" + made.id();
        assertThat(made.text("/meta/version")).isEqualTo("W/\"1\"");
        assertThat(scim.get(user).http().headers().firstValue("ETag")).contains("W/\"1\"");

        var rename = "{ \"op\": \"replace\", \"path\": \"displayName\", \"value\": \"%s\" }";
        var second =
                scim.patch(user, rename.formatted("Two"), "If-Match", "W/\"1\"").is(200);
        assertThat(second.text("/meta/version")).isEqualTo("W/\"2\"");
        assertThat(second.text("/meta/location")).isEqualTo(made.text("/meta/location"));
        scim.patch(user, rename.formatted("Three"), "If-Match", "W/\"1\"").isRefused(412, "", "W/\"2\"");
        scim.delete(user, "If-Match", "W/\"1\"").isRefused(412, "", "W/\"2\"");
        scim.send("GET", user, null, "If-None-Match", "W/\"2\"").is(304);
        assertThat(scim.patch(user, rename.formatted("Two")).is(200).text("/meta/version"))
                .as("what changes nothing is no version")
                .isEqualTo("W/\"2\"");
        scim.delete(user, "If-Match", "*").is(204);
    }

    @Test
    void refusesWhatIsThereAlready() {
        var one = scim.user("unique-one");
        scim.post(
                        "/Users",
                        "{ \"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], \"userName\": \"Unique-ONE\" }")
                .isRefused(409, "uniqueness", one.id());
        var two = "/Users/" + scim.user("unique-two").id();
        scim.patch(two, "{ \"op\": \"replace\", \"path\": \"userName\", \"value\": \"unique-one\" }")
                .isRefused(409, "uniqueness", "userName");
        assertThat(scim.get(two).text("/userName")).isEqualTo("unique-two");
        scim.group("unique-group");
        scim.post(
                        "/Groups",
                        "{ \"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:Group\"], \"displayName\": \"Unique-Group\" }")
                .isRefused(409, "uniqueness", "displayName");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/Users?filter=userName%20is%20%22x%22 | 400 | invalidFilter",
                "/Users?filter=userName%20eq | 400 | invalidFilter",
                "/Users?filter=shoeSize%20eq%20%2244%22 | 400 | invalidFilter",
                "/Users?filter=%22 | 400 | invalidFilter"
            })
    void saysWhatIsWrongWithAFilter(String path, int status, String scimType) {
        assertThat(scim.get(path).isRefused(status, scimType, "").text("/detail"))
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ 'op': 'replace', 'path': 'shoeSize', 'value': 44 } | invalidPath | shoeSize",
                "{ 'op': 'replace', 'path': 'emails[type eq', 'value': 'x' } | invalidPath | emails[type eq",
                "{ 'op': 'replace', 'path': 'password', 'value': 'x' } | invalidPath | password",
                "{ 'op': 'replace', 'value': { 'shoeSize': 44 } } | invalidPath | shoeSize",
                "{ 'op': 'rename', 'path': 'displayName', 'value': 'x' } | invalidValue | op",
                "{ 'op': 'replace', 'path': 'active', 'value': 'perhaps' } | invalidValue | active",
                "{ 'op': 'remove' } | noTarget | path",
                "{ 'op': 'remove', 'path': 'userName' } | invalidValue | userName"
            })
    void saysWhatIsWrongWithAChange(String operation, String scimType, String named) {
        var user = scim.find("/Users", "userName eq \"patched-badly\"").json().path("Resources");
        var id = user.isEmpty()
                ? scim.user("patched-badly").id()
                : user.at("/0/id").asString();
        var answer = scim.patch("/Users/" + id, operation.replace('\'', '"')).is(400);
        assertThat(answer.text("/schemas/0")).isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(answer.text("/detail")).containsIgnoringCase(named);
        assertThat(answer.text("/scimType")).isEqualTo(scimType);
        assertThat(scim.get("/Users/" + id).text("/meta/version")).isEqualTo("W/\"1\"");
    }

    @Test
    void saysWhatIsWrongWithABody() {
        scim.post("/Users", "{").isRefused(400, "invalidSyntax", "line 1");
        scim.post("/Users", "").is(400);
        scim.post("/Users", "{ \"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"] }")
                .isRefused(400, "invalidValue", "userName");
        scim.post("/Users", "{ \"userName\": \"x\", \"userName\": \"y\" }")
                .isRefused(400, "invalidSyntax", "duplicate");
        scim.post("/Users", userNamed("x".repeat(257))).isRefused(400, "invalidValue", "at most 256");
        scim.post("/Groups", """
                { "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "unknown-members",
                  "members": [{ "value": "nobody" }] }
                """).isRefused(400, "invalidValue", "nobody");
        var group = scim.group("nested-one").id();
        scim.post("/Groups", """
                { "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "nested-two",
                  "members": [{ "value": "%s", "type": "Group" }] }
                """.formatted(group)).is(400);
        scim.post("/Groups", """
                { "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "too-many", "members": [%s] }
                """.formatted(values(
                        IntStream.range(0, 5_001).mapToObj(i -> "id-" + i).toArray(String[]::new))))
                .isRefused(400, "invalidValue", "at most 5000");
        scim.post("/Users", userNamed("x".repeat(5_000_000))).isRefused(413, "", "4194304 bytes");
    }

    private static String userNamed(String userName) {
        return "{ \"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], \"userName\": \"%s\" }"
                .formatted(userName);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/Nothing", "/Users/a/b", "/", "", "/Users/00000000-0000-0000-0000-000000000000", "/Groups/clock"
            })
    void hasNothingElse(String path) {
        scim.get(path).isRefused(404, scim.get(path).text("/scimType"), "");
    }

    @Test
    void saysWhichTypesItTakesAndThatThereIsNoBulk() {
        scim.send("POST", "/Bulk", "{}").is(501);
        var xml = http.as("token-of-the-identity-provider")
                .withToken("/scim/v2/Users")
                .header("Content-Type", "text/xml");
        var answer = http.send(xml.POST(java.net.http.HttpRequest.BodyPublishers.ofString("<a/>")));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("application/scim+json", "urn:ietf:params:scim:api:messages:2.0:Error");
    }

    @Test
    void letsNobodyInWithoutTheDuty() {
        var nobody = http.send(http.to("/scim/v2/Users").GET());
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.body()).contains("\"status\":\"401\"", "urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(http.as("a token that nobody has").get("/scim/v2/Users").statusCode())
                .isEqualTo(401);
        var editor = http.as(Http.EDITOR_TOKEN).get("/scim/v2/Users");
        assertThat(editor.statusCode()).isEqualTo(403);
        assertThat(editor.body()).contains("the duty scim");
        assertThat(http.get("/scim/v2/Users").statusCode()).as("an admin").isEqualTo(200);
        assertThat(http.as("token-of-the-identity-provider")
                        .postJson("/v1/facts", "[]")
                        .statusCode())
                .as("the identity provider changes nothing else")
                .isEqualTo(403);
    }

    @Test
    void keepsOnlyWhatIsNeeded() {
        var id = scim.user("kept-user").id();
        var kept = records.all(topics.directory()).stream()
                .filter(it -> it.key().equals(id))
                .map(ConsumerRecord::value)
                .map(DirectoryEntry::toString)
                .toList();
        assertThat(kept).singleElement().asString().contains("kept-user").doesNotContain("secret-of", "en-US");
    }

    @Test
    void countsWhatBecameOfRequests() {
        scim.user("counted");
        scim.get("/Users/unknown").is(404);
        var metrics = http.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                "http://localhost:" + IngestContext.managementPort(context) + "/actuator/prometheus")));
        assertThat(metrics.body())
                .containsPattern("muster_ingest_scim_total\\{[^}]*outcome=\"applied\",resource=\"user\"[^}]*} [1-9]")
                .containsPattern("muster_ingest_scim_total\\{[^}]*outcome=\"refused\",resource=\"user\"[^}]*} [1-9]");
    }
}

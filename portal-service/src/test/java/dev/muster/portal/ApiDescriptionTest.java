package dev.muster.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Compares the description of the API with the service that gives it.
class ApiDescriptionTest {

    private static final String ADMIN = "Bearer a-test-token-of-some-length";

    /// What stands for the parts of a path, and for parameters without which there is no answer.
    private static final Map<String, String> PARTS = Map.of(
            "ref", "component:default/payments",
            "scorecard", Story.SCORECARD,
            "level", "silver");

    private static TestBroker broker;
    private static Portal portal;
    private static JsonNode description;
    private static ObjectNode components;
    private static SchemaRegistry schemas;
    private static String rebuild;

    @BeforeAll
    static void tell() {
        broker = TestBroker.start();
        portal = Portal.start(broker, TestPostgres.shared().newDatabase(), Map.of());
        new Story(portal, Instant.parse("2026-11-23T06:00:00Z")).tellAll();
        new Operations(portal, "component:default/payments", Story.TEAM).tellAll();
        await().untilAsserted(() -> {
            for (var list : Portal.LISTS) {
                assertThat(portal.json("/api/v1/" + list).path("items"))
                        .as(list)
                        .isNotEmpty();
            }
        });
        rebuild = JsonMapper.shared()
                .readTree(portal.post(
                                "/api/v1/rebuilds", "{}", "Authorization", ADMIN, "Content-Type", "application/json")
                        .body())
                .path("id")
                .asString();
        description = portal.json("/v3/api-docs");
        components = closed(description.path("components"));
        schemas = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31());
    }

    @AfterAll
    static void stop() {
        portal.close();
        broker.close();
    }

    static List<String> gets() {
        return description
                .path("paths")
                .propertyStream()
                .filter(it -> it.getValue().has("get"))
                .map(Map.Entry::getKey)
                // Has no end; its own test listens to it.
                .filter(it -> !it.equals("/api/v1/stream"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("gets")
    void answersAsItIsDescribed(String path) {
        var operation = description.path("paths").path(path).path("get");
        var answer = portal.get(address(path, operation), "Authorization", ADMIN);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 409);

        var described = operation.path("responses").path(String.valueOf(answer.statusCode()));
        assertThat(described.isObject())
                .as(path + " says nothing of " + answer.statusCode())
                .isTrue();
        var type = type(answer);
        assertThat(described.path("content").propertyNames()).as(path).contains(type);
        if (type.equals("application/json")) {
            assertThat(mistakes(described, answer.body()))
                    .as(path + " " + answer.body())
                    .isEmpty();
        }
    }

    /// What nobody knows, and what cannot be read, of every call that has such a thing.
    @ParameterizedTest
    @MethodSource("gets")
    void answersWhatIsWrongAsItIsDescribed(String path) {
        var operation = description.path("paths").path(path).path("get");
        var parameters = portal.texts(operation.path("parameters"), "name");
        var questions = new ArrayList<String>();
        if (path.contains("{")) {
            questions.add(path.replace("{ref}", "component:default/nobody").replaceAll("\\{[^}]+}", "nothing"));
        }
        var address = address(path, operation);
        for (var name : List.of("fields", "limit", "asOf", "sort", "cursor", "tier", "since")) {
            if (parameters.contains(name)) {
                questions.add(address + (address.contains("?") ? "&" : "?") + name + "=no~such");
            }
        }
        for (var question : questions) {
            var answer = portal.get(question, "Authorization", ADMIN);
            if (path.matches(".*/history|/badges/.*") && question.contains("nobody")) {
                assertThat(answer.statusCode()).as(question).isEqualTo(200);
            } else {
                checkProblem(operation, question, answer);
            }
        }
    }

    @Test
    void answersPostsAsTheyAreDescribed() {
        var backtests = description.path("paths").path("/api/v1/backtests").path("post");
        for (var wrong : List.of("?since=soon", "?since=900d", "")) {
            checkProblem(backtests, "backtests" + wrong, portal.post("/api/v1/backtests" + wrong, "kind: Nothing"));
        }
        var rebuilds = description.path("paths").path("/api/v1/rebuilds").path("post");
        var json = new String[] {"Authorization", ADMIN, "Content-Type", "application/json"};
        // One may run yet: then this is the answer that is described for that.
        var answer = portal.post("/api/v1/rebuilds", "{}", json);
        if (answer.statusCode() == 202) {
            var begun = rebuilds.path("responses").path("202");
            assertThat(mistakes(begun, answer.body())).isEmpty();
            rebuild = JsonMapper.shared().readTree(answer.body()).path("id").asString();
        } else {
            checkProblem(rebuilds, "rebuilds", answer);
        }
        assertThat(mistakes(backtests.path("responses").path("200"), "[17]")).isNotEmpty();
    }

    @Test
    void describesProblemsInOneShape() {
        var schema = (ObjectNode)
                JsonMapper.shared()
                        .readTree(
                                "{\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}");

        assertThat(mistakes(schema, "[17]")).isNotEmpty();
        assertThat(mistakes(schema, "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":\"404\"}"))
                .isNotEmpty();
        assertThat(mistakes(schema, "{\"type\":\"about:blank\",\"title\":\"x\"}"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/entities",
                "/api/v1/entities/{ref}",
                "/api/v1/scorecards",
                "/api/v1/scorecards/{name}",
                "/api/v1/scorecards/{name}/report",
                "/api/v1/teams/{ref}",
                "/api/v1/failing"
            })
    void describesWhatLooksBack(String path) {
        var operation = description.path("paths").path(path).path("get");

        assertThat(portal.texts(operation.path("parameters"), "name")).contains("asOf");
        assertThat(operation.path("responses").propertyNames()).contains("200", "400", "503");
    }

    private static void checkProblem(JsonNode operation, String question, HttpResponse<String> answer) {
        var described = operation.path("responses").path(String.valueOf(answer.statusCode()));
        assertThat(answer.statusCode()).as(question + " " + answer.body()).isBetween(400, 499);
        assertThat(type(answer)).as(question).isEqualTo("application/problem+json");
        assertThat(described.path("content").propertyNames())
                .as(question + " says nothing of " + answer.statusCode())
                .containsExactly("application/problem+json");
        assertThat(mistakes(described, "application/problem+json", answer.body()))
                .as(question + " " + answer.body())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("gets")
    void findsWhatIsNotAsDescribed(String path) {
        var described = description
                .path("paths")
                .path(path)
                .path("get")
                .path("responses")
                .path("200");
        if (described.path("content").has("application/json")) {
            assertThat(mistakes(described, "[17]")).as(path).isNotEmpty();
            assertThat(mistakes(described, "{\"surprise\":1}")).as(path).isNotEmpty();
        }
    }

    @Test
    void describesEveryCallThatThereIs() {
        var mapped = new TreeSet<String>();
        portal.bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> {
                    for (var path : mapping.getPatternValues()) {
                        if (path.startsWith("/api/") || path.startsWith("/badges/")) {
                            for (var method : mapping.getMethodsCondition().getMethods()) {
                                mapped.add(method + " " + path.replace("/{scope}/{name}", "/{ref}"));
                            }
                        }
                    }
                });
        var described = new TreeSet<String>();
        description
                .path("paths")
                .forEachEntry((path, item) -> item.propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));

        assertThat(mapped).isNotEmpty();
        assertThat(described).isEqualTo(mapped);
    }

    private static String address(String path, JsonNode operation) {
        var filled = path;
        var query = new ArrayList<String>();
        for (var parameter : operation.path("parameters")) {
            var name = parameter.path("name").asString();
            if (parameter.path("in").asString().equals("path")) {
                filled = filled.replace("{" + name + "}", part(path, name));
            } else if (parameter.path("required").asBoolean()) {
                query.add(name + "=" + part(path, name));
            }
        }
        return query.isEmpty() ? filled : filled + "?" + String.join("&", query);
    }

    private static String part(String path, String name) {
        if (name.equals("ref") && path.contains("/teams/")) {
            return Story.TEAM;
        }
        if (name.equals("name")) {
            return path.contains("/initiatives/") ? Operations.INITIATIVE : Story.SCORECARD;
        }
        if (name.equals("id")) {
            return rebuild;
        }
        var part = PARTS.get(name);
        assertThat(part).as("what stands for {" + name + "} of " + path).isNotNull();
        return part;
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    }

    /// What is wrong with an answer; a field that is not described is, too.
    private static List<String> mistakes(JsonNode response, String document) {
        return mistakes(response, "application/json", document);
    }

    private static List<String> mistakes(JsonNode response, String type, String document) {
        var schema =
                (ObjectNode) response.path("content").path(type).path("schema").deepCopy();
        schema.set("components", components);
        return schemas.getSchema(schema).validate(document, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static ObjectNode closed(JsonNode components) {
        var closed = (ObjectNode) components.deepCopy();
        closed.path("schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        return closed;
    }
}

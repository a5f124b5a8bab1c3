package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.Topics;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody writes a definition for a tool of theirs, while the service runs.
class OwnSourcesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String DEPLOYER = """
            apiVersion: muster.dev/v1
            kind: Source
            metadata: { name: deployer, title: Our deployer }
            spec:
              nature: state
              onError: retries
              authentication: [ { scheme: header-token, header: X-Token } ]
              keepHeaders: [X-Kind]
              deliveryId: { header: X-Id }
              event: headers[?'x-kind'].orValue('deployment')
              mappings:
                - name: deployment
                  events: [deployment]
                  subject: "'repo:' + slug(body.repository)"
                  version: { time: body.?at }
                  facts:
                    - { fact: repository, change: set, value: { name: body.name } }
            """;

    private static final String DELIVERY = """
            "headers": {"X-Kind": "deployment", "X-Token": "s3cret", "X-Id": "d-7"},
            "body": {"repository": "https://github.com/Acme/Pay", "name": "pay", "at": "2026-05-01T10:00:00Z"}""";

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext context;
    private static Http http;

    @BeforeAll
    static void start() throws IOException {
        write(DEPLOYER);
        context = IngestContext.start(
                TestBroker.shared(),
                TestRegistry.shared(),
                "--muster.ingest.sources-dir=" + folder,
                "--muster.ingest.sources-reload=100ms",
                "--MUSTER_SECRET_DEPLOYER=s3cret");
        http = new Http(IngestContext.port(context));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    /// Whole at once, as deployment tools do: the service looks ten times a second and would refuse half a file, for a
    /// moment.
    private static void write(String yaml) throws IOException {
        Files.createDirectories(folder.resolve("deployer"));
        var written = Files.writeString(folder.resolve("deployer/source.yaml.new"), yaml);
        Files.move(written, folder.resolve("deployer/source.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static JsonNode listing() {
        var answer = http.get("/v1/sources");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode listed(String name) {
        return listing()
                .path("sources")
                .valueStream()
                .filter(source -> source.path("name").stringValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> preview(String name, String members) {
        return http.postJson("/v1/sources/" + name + "/preview", "{" + members + "}");
    }

    private static String draft(String yaml) {
        return "\"definition\": " + JSON.writeValueAsString(yaml);
    }

    private static double metric(String line) {
        var management = new Http(IngestContext.managementPort(context));
        return management
                .send(management.to("/actuator/prometheus").GET())
                .body()
                .lines()
                .filter(it -> it.startsWith(line))
                .mapToDouble(it -> Double.parseDouble(it.substring(it.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void listsWhatIsInUseAndWhoUsesIt() {
        assertThat(listed("github").path("title").stringValue()).isEqualTo("GitHub");
        assertThat(listed("github").has("file")).isFalse();
        assertThat(listed("github").path("connections").toString()).isEqualTo("[\"github\"]");
        assertThat(listed("deployer").path("file").stringValue()).endsWith("deployer/source.yaml");
        assertThat(listed("deployer").path("connections").toString()).isEqualTo("[\"deployer\"]");
    }

    @Test
    void takesOverWhatIsWrittenAndKeepsTheLastGoodVersion() throws IOException {
        var patience = await().atMost(Duration.ofSeconds(20));
        try {
            write(DEPLOYER.replace("Our deployer", "Ours newer").replace("X-Token", "X-Other"));
            patience.until(() -> listed("deployer").path("title").stringValue().equals("Ours newer"));
            assertThat(deliver("X-Other")).isEqualTo(202);
            assertThat(deliver("X-Token")).isEqualTo(401);

            write(DEPLOYER.replace("slug(", "slog("));
            patience.until(() -> listing().path("refused").size() == 1);
            var refused = listing().path("refused").get(0);
            assertThat(refused.path("inUse").stringValue()).isEqualTo("deployer");
            assertThat(refused.path("errors").get(0).path("line").intValue()).isEqualTo(14);
            assertThat(refused.path("errors").get(0).path("message").stringValue())
                    .contains("slog");
            assertThat(deliver("X-Other")).isEqualTo(202);
            assertThat(metric("muster_ingest_sources_refused")).isEqualTo(1);
            assertThat(metric("muster_ingest_source_reloads_total{outcome=\"refused\"}"))
                    .isPositive();
        } finally {
            write(DEPLOYER);
        }
        patience.until(() -> listing().path("refused").isEmpty() && deliver("X-Token") == 202);
        assertThat(metric("muster_ingest_sources_refused")).isZero();
    }

    private static int deliver(String header) {
        return http.send(http.to("/v1/webhooks/deployer")
                        .header("Content-Type", "application/json")
                        .header(header, "s3cret")
                        .POST(BodyPublishers.ofString("{\"repository\":\"https://github.com/acme/x\",\"name\":\"x\"}")))
                .statusCode();
    }

    @Test
    void showsWhatADefinitionMakesOfADelivery() {
        var answer = preview("deployer", DELIVERY);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var preview = JSON.readTree(answer.body());
        assertThat(preview.path("outcome").stringValue()).isEqualTo("facts");
        assertThat(preview.path("draft").booleanValue()).isFalse();
        assertThat(preview.path("deliveryId").stringValue()).isEqualTo("d-7");
        assertThat(preview.path("headers").toString()).isEqualTo("{\"x-kind\":\"deployment\"}");
        assertThat(preview.path("facts").toString())
                .isEqualTo(
                        "[{\"subject\":\"repo:github.com/acme/pay\",\"fact\":\"repository\",\"change\":\"set\","
                                + "\"at\":\"2026-05-01T10:00:00Z\",\"rank\":0,\"clamped\":false,\"value\":{\"name\":\"pay\"}}]");
    }

    @Test
    void readsADeliveryWithADraftAndTellsItToNobody() {
        var renamed = DEPLOYER.replace("'repo:' + slug(body.repository)", "'repo:preview/only'");
        var answer = preview("deployer", DELIVERY + "," + draft(renamed));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"draft\":true", "\"subject\":\"repo:preview/only\"");
        var records = new TopicRecords(TestBroker.shared().bootstrapServers());
        var topics = context.getBean(Topics.class);
        assertThat(records.all(topics.facts())).noneMatch(it -> it.key().equals("repo:preview/only"));
        assertThat(records.all(topics.deliveries())).noneMatch(it -> it.key().startsWith("preview/"));
    }

    @Test
    void showsASnapshotAndWhatCouldNotBeRead() {
        var snapshot = DEPLOYER.substring(0, DEPLOYER.indexOf("        - { fact"))
                + "        - { fact: vulnerabilities, change: snapshot, scope: \"'x'\", members: body.list, item: member.id, value: { id: member.id } }\n"
                + "        - { fact: vulnerabilities, change: upsert, item: body.absent, value: { id: body.absent } }\n";
        var body =
                "\"body\": {\"repository\": \"https://github.com/acme/pay\", \"list\": [{\"id\": \"b\"}, {\"id\": \"a\"}]}";
        var answer = preview("deployer", body + "," + draft(snapshot));

        assertThat(answer.body())
                .contains("\"outcome\":\"partly_failed\"", "\"reason\":\"MAPPING_FAILED\"", "draft.yaml:")
                .contains("\"deliveryId\":\"sha256-");
        var good = preview("deployer", body + "," + draft(snapshot.substring(0, snapshot.lastIndexOf("        - {"))));
        assertThat(good.body()).contains("\"items\":{\"a\":{\"id\":\"a\"},\"b\":{\"id\":\"b\"}}", "\"scope\":\"x\"");
    }

    @Test
    void namesEveryMistakeOfADraftWithItsPlace() {
        var wrong = DEPLOYER.replace("scheme: header-token", "scheme: header-tokn")
                .replace("fact: repository", "fact: repositry");
        for (var members : Map.of("with a delivery", DELIVERY + "," + draft(wrong), "alone", draft(wrong))
                .values()) {
            var answer = preview("deployer", members);

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body())
                    .contains("\"line\":7", "did you mean 'header-token'?")
                    .contains("\"line\":17", "did you mean 'repository'?")
                    .contains("\"file\":\"draft.yaml\"");
        }
        assertThat(preview("deployer", draft(DEPLOYER)).statusCode()).isEqualTo(200);
        assertThat(preview("another", draft(DEPLOYER)).body()).contains("must be 'another'");
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertThat(preview("deployer", "\"bdy\": {}").body())
                .contains("bdy", "is not known here", "is missing: what was sent");
        assertThat(preview("deployer", "\"body\": {}, \"text\": \"\"").body()).contains("leave one of them out");
        assertThat(preview("deployer", "\"body\": {}, \"headers\": {\"a\": 1}").body())
                .contains("headers.a", "must be a string");
        assertThat(preview("nothing", "\"body\": {}").statusCode()).isEqualTo(404);
        assertThat(http.as("nobody")
                        .postJson("/v1/sources/deployer/preview", "{\"body\": {}}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(http.as("nobody").get("/v1/sources").statusCode()).isEqualTo(401);
    }

    @Test
    void readsWhatIsNotJsonAsText() {
        var answer = preview(
                "deployer",
                "\"contentType\": \"application/yaml\", \"text\": \"repository: https://github.com/acme/y\\nname: y\\n\"");

        assertThat(answer.body()).contains("\"subject\":\"repo:github.com/acme/y\"");
    }
}

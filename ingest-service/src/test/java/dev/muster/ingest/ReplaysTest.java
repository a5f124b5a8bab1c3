package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.records.FactMapping;
import dev.muster.schemas.Topics;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A mapping was wrong, is corrected, and what it spoiled is made good from the journal.
class ReplaysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private void define(String status, String time) throws IOException {
        var source = Files.createDirectories(folder.resolve("probe"));
        Files.writeString(source.resolve("source.yaml"), """
                apiVersion: muster.dev/v1
                kind: Source
                metadata: { name: probe }
                spec:
                  authentication: [ { scheme: header-token, header: X-Probe } ]
                  event: body.?kind.orValue('site')
                  mappings:
                    - name: site
                      events: [site]
                      version: { time: %s }
                      subject: "'repo:github.com/acme/' + body.name"
                      facts:
                        - fact: documentationSite
                          change: set
                          value: { url: body.url, httpStatus: %s }
                """.formatted(time, status));
    }

    private ConfigurableApplicationContext start(TestBroker broker) {
        return IngestContext.start(
                broker,
                TestRegistry.shared(),
                "--muster.ingest.sources-dir=" + folder,
                "--muster.connections.probe.source=probe",
                "--muster.connections.probe.secret=secret-of-the-probe");
    }

    private static void deliver(ConfigurableApplicationContext context, String body) {
        var http = new Http(IngestContext.port(context));
        assertThat(http.send(http.to("/v1/webhooks/probe")
                                .header("Content-Type", "application/json")
                                .header("X-Probe", "secret-of-the-probe")
                                .POST(BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(202);
    }

    /// What was expected is greater than what is found: of two of one version the greater text would win.
    private static String site(String name, int status, String at) {
        return """
                {"name":"%s","url":"https://docs.example.org","expected":900,"found":%d,"at":"%s"}""".formatted(name, status, at);
    }

    /// The state that the facts on the topic give, by subject.
    private static Map<String, String> states(ConfigurableApplicationContext context, TestBroker broker) {
        var states = new HashMap<String, FactState>();
        for (var record : new TopicRecords(broker.bootstrapServers())
                .all(context.getBean(Topics.class).facts())) {
            for (var change : FactMapping.toEngine(record.value())) {
                if (change.fact().equals("documentationSite")) {
                    states.put(record.key(), Registers.apply(states.get(record.key()), change, 10));
                }
            }
        }
        var values = new HashMap<String, String>();
        states.forEach((subject, state) -> values.put(subject, json(state)));
        return values;
    }

    private static String json(@Nullable FactState state) {
        return state instanceof FactState.Scalar scalar ? String.valueOf(scalar.json()) : "nothing";
    }

    private static HttpResponse<String> begin(Http http, String body) {
        return http.postJson("/v1/replays", body);
    }

    private static JsonNode finished(Http http, HttpResponse<String> begun) {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        var path = begun.headers().firstValue("Location").orElseThrow();
        await().atMost(PATIENCE)
                .until(() -> !JsonMapper.shared()
                        .readTree(http.get(path).body())
                        .path("state")
                        .asString()
                        .equals("running"));
        return JsonMapper.shared().readTree(http.get(path).body());
    }

    @Test
    void makesGoodWhatAWrongMappingSpoiled() throws Exception {
        try (var broker = TestBroker.start()) {
            define("body.expected", "body.at");
            try (var context = start(broker)) {
                deliver(context, site("payments", 500, "2026-05-20T08:00:00Z"));
                deliver(context, site("storefront", 404, "2026-05-20T08:00:00Z"));
                deliver(context, site("storefront", 503, "2026-05-20T09:00:00Z"));
                deliver(context, "{\"kind\":\"other\"}");
                deliver(context, "{\"url\":\"of nobody\"}");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(states(context, broker).values())
                                .hasSize(2)
                                .allMatch(it -> it.contains("\"httpStatus\":900")));
            }
            define("body.found", "body.at");
            try (var context = start(broker)) {
                var http = new Http(IngestContext.port(context));
                var dry = finished(http, begin(http, """
                        {"connection":"probe","since":"1h","dryRun":true}"""));
                assertThat(dry.path("state").asString()).isEqualTo("done");
                assertThat(dry.path("deliveries").asInt()).isEqualTo(5);
                assertThat(states(context, broker).values()).allMatch(it -> it.contains("\"httpStatus\":900"));
                var letters = deadLetters(context, broker);

                var replay = finished(http, begin(http, """
                        {"connection":"probe","since":"1h"}"""));

                assertThat(replay.path("facts").asInt()).isEqualTo(3);
                assertThat(replay.path("unmapped").asInt()).isEqualTo(1);
                assertThat(replay.path("failures").asInt()).isEqualTo(1);
                assertThat(states(context, broker).get("repo:github.com/acme/payments"))
                        .contains("\"httpStatus\":500");
                assertThat(states(context, broker).get("repo:github.com/acme/storefront"))
                        .as("what came later stays the later one")
                        .contains("\"httpStatus\":503");
                assertThat(deadLetters(context, broker)).isEqualTo(letters + 1);

                var nothing = finished(http, begin(http, """
                        {"connection":"probe","since":"1h","until":"59m"}"""));
                assertThat(nothing.path("deliveries").asInt()).isZero();
            }
        }
    }

    private static int deadLetters(ConfigurableApplicationContext context, TestBroker broker) {
        return new TopicRecords(broker.bootstrapServers())
                .all(context.getBean(Topics.class).deadLetters())
                .size();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"connection\":\"nobody\",\"since\":\"1h\"} | is none of the connections alertmanager, github",
                "{\"connection\":\"github\"} | is no time such as 2026-06-01T12:00:00Z",
                "{\"connection\":\"github\",\"since\":\"1h\",\"until\":\"2h\"} | is not before",
                "{\"connection\":\"github\",\"since\":\"1h\",\"dryrun\":true} | did you mean 'dryRun'?",
                "{\"connection\":\"github\",\"since\":\"1h\",\"dryRun\":\"yes\"} | is neither true nor false"
            })
    void saysWhatIsWrongWithAnOrder(String body, String message) {
        var answer = begin(new Http(IngestContext.port(Shared.CONTEXT)), body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void isForAdmins() {
        var http = new Http(IngestContext.port(Shared.CONTEXT)).as(Http.EDITOR_TOKEN);

        assertThat(begin(http, "{\"connection\":\"github\",\"since\":\"1h\"}").statusCode())
                .isEqualTo(403);
    }

    /// Or it would go on to read what other tests have journalled.
    @AfterAll
    static void stop() {
        Shared.CONTEXT.close();
    }

    private static final class Shared {
        static final ConfigurableApplicationContext CONTEXT =
                IngestContext.start(TestBroker.shared(), TestRegistry.shared());
    }
}

package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What operators hear of connections, from two instances and after a restart.
class ConnectionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestBroker broker;
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
        context = service();
    }

    @AfterAll
    static void stop() {
        context.close();
        broker.close();
    }

    private static ConfigurableApplicationContext service() {
        return IngestContext.start(
                broker,
                TestRegistry.shared(),
                "--muster.ingest.watch.every=300ms",
                "--muster.ingest.watch.rejections=2",
                "--muster.ingest.watch.owner=group:default/platform");
    }

    private static JsonNode github(ConfigurableApplicationContext context) {
        var answer = new Http(IngestContext.port(context)).get("/v1/connections");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared()
                .readTree(answer.body())
                .path("connections")
                .valueStream()
                .filter(it -> it.path("name").asString().equals("github"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> told() {
        return new TopicRecords(broker.bootstrapServers())
                .all(context.getBean(Topics.class).facts()).stream()
                        .filter(it -> it.key().equals("connection:github"))
                        .map(it -> value(it.value()))
                        .toList();
    }

    private static String value(FactsObserved facts) {
        return String.valueOf(facts.getChanges().getFirst().getValue());
    }

    @Test
    void tellsWhatBecameOfDeliveriesAndThatTroubleBeganAndEnded() {
        var http = new Http(IngestContext.port(context));
        assertThat(http.deliver("w-1", "ping", "{\"zen\":\"calm\"}").statusCode())
                .isEqualTo(202);
        assertThat(http.deliver("w-2", "never_heard_of", "{}").statusCode()).isEqualTo(202);
        assertThat(http.deliver("w-3", "push", "[1]").statusCode()).isEqualTo(202);
        for (var i = 0; i < 2; i++) {
            var forged = http.github("w-4", "ping", "{}".getBytes(UTF_8), "not the secret");
            assertThat(http.send(forged).statusCode()).isEqualTo(401);
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            var github = github(context);
            assertThat(github.path("accepted").asInt()).isEqualTo(3);
            assertThat(github.path("rejected").asInt()).isEqualTo(2);
            assertThat(github.path("failed").asInt()).isEqualTo(1);
            assertThat(github.at("/lastRejected/reason").asString()).isEqualTo("its signature or token is wrong");
            assertThat(github.at("/unmapped").toString()).contains("never_heard_of");
            assertThat(github.path("state").toString()).contains("rejecting");
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(told()).anyMatch(it -> it.contains("\"rejecting\":true")));
        assertThat(metrics()).contains("muster_ingest_connection_trouble{");

        assertThat(http.deliver("w-5", "ping", "{\"zen\":\"calm\"}").statusCode())
                .isEqualTo(202);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(told().getLast()).contains("\"rejecting\":false"));

        try (var other = service()) {
            assertThat(github(other).path("accepted").asInt())
                    .as("what another instance knows")
                    .isEqualTo(4);
        }
        assertThat(new TopicRecords(broker.bootstrapServers())
                        .all(context.getBean(Topics.class).catalog()))
                .filteredOn(it -> it.key().equals("resource:connections/github"))
                .hasSize(1)
                .allSatisfy(it -> {
                    assertThat(it.value().getOwner()).isEqualTo("group:default/platform");
                    assertThat(it.value().getClaims()).contains("connection:github");
                });
    }

    @Test
    void writesDownThatAConnectionIsThereBeforeAnythingComes() {
        var topics = context.getBean(Topics.class);
        var records = new TopicRecords(broker.bootstrapServers());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(records.all(topics.connections()))
                        .filteredOn(it -> it.key().equals("alertmanager"))
                        .singleElement()
                        .satisfies(it -> {
                            assertThat(it.value().getSource()).isEqualTo("alertmanager");
                            assertThat(it.value().getAccepted()).isZero();
                            assertThat(it.value().getLastAcceptedAt()).isNull();
                        }));
        assertThat(records.all(topics.facts()))
                .as("that nothing came is no fact")
                .noneMatch(it -> it.key().equals("connection:alertmanager"));
    }

    private static String metrics() {
        var management = new Http(IngestContext.managementPort(context));
        return management.send(management.to("/actuator/prometheus").GET()).body();
    }

    @Test
    void isForWhoHasAToken() {
        var http = new Http(IngestContext.port(context));

        assertThat(http.send(http.to("/v1/connections").GET()).statusCode()).isEqualTo(401);
        assertThat(http.as(Http.EDITOR_TOKEN).get("/v1/connections").statusCode())
                .isEqualTo(200);
    }
}

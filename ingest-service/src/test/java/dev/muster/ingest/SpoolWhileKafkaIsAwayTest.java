package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.Topics;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// What senders that never come back see while Kafka is not there, and what becomes of their deliveries.
class SpoolWhileKafkaIsAwayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private record Timed(HttpResponse<String> answer, Duration took) {}

    private ConfigurableApplicationContext start(TestBroker broker, String... more) {
        var all = new ArrayList<>(List.of(more));
        all.add("--muster.ingest.spool.folder=" + folder);
        return IngestContext.start(broker, TestRegistry.shared(), all.toArray(String[]::new));
    }

    private static Timed deliver(ConfigurableApplicationContext context, String name) {
        var begun = System.nanoTime();
        var answer = new Http(IngestContext.port(context)).deliver(name, "dependabot_alert", """
                {"action":"created","alert":{"number":1,"state":"open","created_at":"2026-05-20T08:00:00Z"},
                "repository":{"full_name":"acme/%s"}}
                """.formatted(name));
        return new Timed(answer, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static HttpResponse<String> alert(ConfigurableApplicationContext context) {
        var http = new Http(IngestContext.port(context));
        return http.send(http.to("/v1/webhooks/alertmanager")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer bearer-of-alerts")
                .POST(BodyPublishers.ofByteArray("{\"alerts\":[]}".getBytes(UTF_8))));
    }

    private static String metrics(ConfigurableApplicationContext context) {
        var management = new Http(IngestContext.managementPort(context));
        return management.send(management.to("/actuator/prometheus").GET()).body();
    }

    private static HttpResponse<String> readiness(ConfigurableApplicationContext context) {
        var management = new Http(IngestContext.managementPort(context));
        return management.send(management.to("/actuator/health/readiness").GET());
    }

    private static List<String> journalled(ConfigurableApplicationContext context, TestBroker broker) {
        return new TopicRecords(broker.bootstrapServers())
                .all(context.getBean(Topics.class).deliveries()).stream()
                        .map(it -> it.value().getId())
                        .toList();
    }

    private static void awaitFacts(ConfigurableApplicationContext context, TestBroker broker, String... names) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(new TopicRecords(broker.bootstrapServers())
                                .all(context.getBean(Topics.class).facts()).stream()
                                        .map(it -> it.key().replace("repo:github.com/acme/", ""))
                                        .toList())
                        .contains(names));
    }

    @Test
    void keepsThemAtOnceAndJournalsThemInOrderWhenKafkaIsBack() {
        try (var broker = TestBroker.start();
                var context = start(broker)) {
            assertThat(deliver(context, "before").answer().statusCode()).isEqualTo(202);

            broker.kill();
            var first = deliver(context, "away-0");
            var later = new ArrayList<Timed>();
            for (var i = 1; i < 6; i++) {
                later.add(deliver(context, "away-" + i));
            }

            assertThat(first.answer().statusCode()).isEqualTo(202);
            assertThat(later).allSatisfy(it -> {
                assertThat(it.answer().statusCode()).isEqualTo(202);
                assertThat(it.took()).isLessThan(Duration.ofSeconds(2));
            });
            assertThat(alert(context).statusCode()).as("of one that comes back").isEqualTo(503);
            assertThat(readiness(context).statusCode())
                    .as(readiness(context).body())
                    .isEqualTo(200);
            assertThat(readiness(context).body()).contains("DEGRADED");
            assertThat(metrics(context)).containsPattern("muster_ingest_spool_records(\\{.*})? 6.0");

            broker.restart();
            awaitFacts(context, broker, "before", "away-0", "away-1", "away-2", "away-3", "away-4", "away-5");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(metrics(context)).containsPattern("muster_ingest_spool_records(\\{.*})? 0.0"));
            await().atMost(PATIENCE)
                    .until(() -> deliver(context, "after").answer().statusCode() == 202);
            assertThat(journalled(context, broker)).contains("away-5", "after");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(readiness(context).body()).contains("UP"));
        }
    }

    @Test
    void journalsWhatAnEarlierProcessSpooled() {
        try (var broker = TestBroker.start()) {
            try (var context = start(broker)) {
                broker.kill();
                assertThat(deliver(context, "left-behind").answer().statusCode())
                        .isEqualTo(202);
            }
            broker.restart();
            try (var context = start(broker)) {
                awaitFacts(context, broker, "left-behind");
            }
        }
    }

    @Test
    void tellsSendersToComeBackWhenTheSpoolIsFull() {
        try (var broker = TestBroker.start();
                var context = start(broker, "--muster.ingest.spool.max-size=32MB")) {
            broker.kill();
            var http = new Http(IngestContext.port(context));
            var large = ("{\"a\":\"" + "x".repeat(20_000_000) + "\"}").getBytes(UTF_8);

            assertThat(http.send(http.github("one", "ping", large, Http.SECRET)).statusCode())
                    .isEqualTo(202);
            var refused = http.send(http.github("two", "ping", large, Http.SECRET));

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(metrics(context)).containsPattern("spool_deliveries_total\\{.*outcome=\"refused\".*} 1.0");
        }
    }
}

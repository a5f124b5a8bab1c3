package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.Topics;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/// What senders and operators see while Kafka is not there.
class JournalUnavailableTest {

    private static final int MANY = 1_000;

    private static TestBroker broker;
    private static ConfigurableApplicationContext context;
    private static Http http;

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
        context = IngestContext.start(broker, TestRegistry.shared());
        http = new Http(IngestContext.port(context));
    }

    @AfterAll
    static void stop() {
        context.close();
        broker.close();
    }

    private record Timed(HttpResponse<String> answer, Duration took) {}

    private static Timed deliver(String id) {
        var start = System.nanoTime();
        var answer = http.deliver(id, "dependabot_alert", """
                {"action":"created","alert":{"number":1,"state":"open","created_at":"2026-05-20T08:00:00Z"},
                "repository":{"full_name":"acme/%s"}}
                """.formatted(id));
        return new Timed(answer, Duration.ofNanos(System.nanoTime() - start));
    }

    private static List<String> subjects() {
        return new TopicRecords(broker.bootstrapServers())
                .all(context.getBean(Topics.class).facts()).stream()
                        .map(it -> it.key())
                        .toList();
    }

    @Test
    void asksSendersToComeBackWithin7SecondsAndLosesNothingThatItAcknowledged() {
        assertThat(deliver("before").answer().statusCode()).isEqualTo(202);

        broker.kill();
        var refused = new ArrayList<Timed>();
        for (var i = 0; i < 3; i++) {
            refused.add(deliver("while-down-" + i));
        }

        assertThat(refused).allSatisfy(it -> {
            assertThat(it.answer().statusCode()).isEqualTo(503);
            assertThat(it.answer().headers().firstValue("Retry-After")).hasValue("5");
            assertThat(it.took()).isLessThan(Duration.ofSeconds(7));
        });
        var declared = http.putYaml("/v1/catalog", "kind: Group\nmetadata: { name: team }\n");
        assertThat(declared.statusCode()).isEqualTo(503);
        assertThat(declared.headers().firstValue("Retry-After")).isPresent();
        var management = new Http(IngestContext.managementPort(context));
        assertThat(management
                        .send(management.to("/actuator/health/readiness").GET())
                        .statusCode())
                .isEqualTo(503);
        assertThat(management
                        .send(management.to("/actuator/health/liveness").GET())
                        .statusCode())
                .isEqualTo(200);

        broker.restart();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> deliver("after").answer().statusCode() == 202);
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() ->
                        assertThat(subjects()).contains("repo:github.com/acme/before", "repo:github.com/acme/after"));
        assertThat(http.putYaml("/v1/catalog", "kind: Group\nmetadata: { name: team }\n")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void asksSendersToComeBackWhenKafkaFreezes() {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> deliver("thawed").answer().statusCode() == 202);
        broker.pause();
        try {
            var frozen = deliver("frozen");

            assertThat(frozen.answer().statusCode()).isEqualTo(503);
            assertThat(frozen.took()).isLessThan(Duration.ofSeconds(7));
        } finally {
            broker.resume();
        }
        await().atMost(Duration.ofSeconds(40))
                .until(() -> deliver("thawed-again").answer().statusCode() == 202);
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(subjects()).contains("repo:github.com/acme/thawed-again"));
    }

    @Test
    void turnsAwayMoreThanItsMemoryHolds() {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> deliver("room").answer().statusCode() == 202);
        broker.pause();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, MANY)
                    .mapToObj(i -> senders.submit(() -> deliver("crowd-" + i).answer()))
                    .toList();

            assertThat(answers)
                    .allSatisfy(it -> assertThat(it.get().statusCode()).isEqualTo(503));
            assertThat(answers)
                    .allSatisfy(it -> assertThat(it.get().headers().firstValue("Retry-After"))
                            .isPresent());
            // 128 MB of 256 KB each: at most 512 wait for Kafka, all others were turned away at once.
            assertThat(overloaded()).isBetween(MANY - 512.0, MANY - 100.0);
        } finally {
            broker.resume();
        }
        await().atMost(Duration.ofSeconds(40))
                .until(() -> deliver("room-again").answer().statusCode() == 202);
    }

    private static double overloaded() {
        return context.getBean(MeterRegistry.class)
                .get("muster.ingest.deliveries")
                .tags("connection", "github", "outcome", "overloaded")
                .counter()
                .count();
    }
}

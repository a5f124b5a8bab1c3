package dev.muster.portal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Operations;
import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StreamTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final String TOKEN = "Bearer a-test-token-of-some-length";

    @Test
    void tellsWhatWasCommittedToEveryoneWhoListensForIt() {
        var portal = Portal.shared();
        var story = new Story(portal, MORNING);
        var entity = "component:default/streamed";
        try (var all = new Ears(portal, "/api/v1/stream", null);
                var one = new Ears(portal, "/stream?entity=" + entity, null);
                var other = new Ears(portal, "/api/v1/stream?entity=component:default/elsewhere", null)) {
            await().until(() -> all.open && one.open && other.open);
            story.happen(
                    null,
                    Story.result(entity, 1, "silver", MORNING, Map.of("on-call", Outcome.FAIL)),
                    TransitionKind.BASELINE,
                    null);

            await().untilAsserted(() -> assertThat(all.lines)
                    .contains("event:result", "event:transition")
                    .anyMatch(line ->
                            line.startsWith("data:{\"entity\":\"" + entity) && line.contains("\"level\":\"silver\"")));
            await().untilAsserted(() -> assertThat(one.lines).contains("event:result", "event:transition"));
            assertThat(portal.get("/api/v1/entities/" + entity + "/history").body())
                    .contains("BASELINE");
            assertThat(other.lines).noneMatch(line -> line.contains("streamed"));
        }
    }

    @Test
    void tellsOfWhatComesInOnlyToWhoAsksForIt() {
        var portal = Portal.shared();
        var operations = new Operations(portal, "component:default/heard", Story.TEAM);
        try (var usual = new Ears(portal, "/api/v1/stream", null);
                var entity = new Ears(portal, "/api/v1/stream?entity=component:default/heard", null);
                var asks = new Ears(portal, "/api/v1/stream?events=delivery,connection,subject,deadLetter", null)) {
            await().until(() -> usual.open && entity.open && asks.open);
            for (var list : List.of("deliveries", "connections", "subjects", "dead-letters", "initiatives")) {
                operations.tellOf(list, "heard-of");
            }

            await().untilAsserted(() -> assertThat(asks.lines)
                    .contains(
                            "event:delivery",
                            "event:connection",
                            "event:subject",
                            "event:deadLetter",
                            "data:{\"connection\":\"github\"}",
                            "data:{\"connection\":\"heard-of\"}",
                            "data:{\"topic\":\"" + portal.topics().deliveries().name() + "\"}"));
            await().untilAsserted(() -> assertThat(usual.lines).contains("data:{\"initiative\":\"heard-of\"}"));
            new Story(portal, MORNING).declare(Story.component("heard", Story.TEAM, 1));
            await().untilAsserted(() -> {
                assertThat(usual.lines).contains("data:{\"entity\":\"component:default/heard\"}");
                assertThat(entity.lines).contains("event:entity");
            });
            assertThat(asks.lines).doesNotContain("event:entity", "event:initiative");
            for (var quiet : List.of(usual, entity)) {
                assertThat(quiet.lines)
                        .doesNotContain("event:delivery", "event:connection", "event:subject", "event:deadLetter");
            }
        }
    }

    @Test
    void refusesAnEventThatThereIsNot() {
        assertThat(Portal.shared().get("/api/v1/stream?events=deliverys").statusCode())
                .isEqualTo(400);
    }

    @Test
    void isHeardOnEveryInstanceAndShutWithoutATokenWhenReadingIsNotOpen() {
        var database = TestPostgres.shared().newDatabase();
        var groups = Map.of(
                "spring.cloud.stream.bindings.projectReadiness-in-0.group", "pair-readiness",
                "spring.cloud.stream.bindings.projectTrail-in-0.group", "pair-trail");
        var shut = new java.util.HashMap<>(groups);
        shut.put("muster.portal.anonymous-read", "false");
        try (var first = Portal.start(TestBroker.shared(), database, groups);
                var second = Portal.start(TestBroker.shared(), database, shut)) {
            assertThat(second.get("/api/v1/entities").statusCode()).isEqualTo(401);
            assertThat(second.get("/").statusCode()).isEqualTo(401);
            assertThat(second.get("/api/v1/stream").statusCode()).isEqualTo(401);
            assertThat(second.get("/api/v1/entities").headers().firstValue("WWW-Authenticate"))
                    .isPresent();
            assertThat(second.get("/api/v1/entities", "Authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(second.get("/api/v1/entities", "Authorization", TOKEN).statusCode())
                    .isEqualTo(200);

            try (var here = new Ears(first, "/api/v1/stream", null);
                    var there = new Ears(second, "/api/v1/stream", TOKEN)) {
                await().until(() -> here.open && there.open);
                var story = new Story(first, MORNING);
                for (int i = 0; i < 9; i++) {
                    var result = Story.result("component:default/pair-" + i, 1, "gold", MORNING, Map.of());
                    story.happen(null, result, TransitionKind.BASELINE, null);
                }
                Consumer<Ears> heardAll = ears -> {
                    for (int i = 0; i < 9; i++) {
                        var name = "pair-" + i;
                        assertThat(ears.lines).anyMatch(line -> line.contains(name));
                    }
                };
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    heardAll.accept(here);
                    heardAll.accept(there);
                });
            }
        }
    }

    @Test
    void opensNoMoreStreamsThanItMayAndAnotherOneOnceOneIsShut() {
        try (var portal = Portal.another(
                "two-streams", TestPostgres.shared().newDatabase(), Map.of("muster.portal.streams", "2"))) {
            try (var first = new Ears(portal, "/api/v1/stream", null);
                    var second = new Ears(portal, "/stream?entity=component:default/x", null)) {
                await().until(() -> first.open && second.open);

                for (var accept : List.of("text/event-stream", "*/*")) {
                    var refused = portal.get("/api/v1/stream", "Accept", accept);
                    assertThat(refused.statusCode()).isEqualTo(503);
                    assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
                    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                    assertThat(refused.body()).contains("All 2 event streams", "muster.portal.streams");
                }
                assertThat(portal.manage("/actuator/prometheus").body())
                        .containsPattern("muster_portal_listeners(\\{[^}]*})? 2\\.0")
                        .containsPattern("muster_portal_listeners_refused_total(\\{[^}]*})? 2\\.0");
            }
            try (var third = new Ears(portal, "/api/v1/stream", null)) {
                await().untilAsserted(() -> {
                    // That a client shut its stream is seen when something is told to it.
                    new Story(portal, MORNING).declare(Story.component("told-to-nobody", Story.TEAM, 1));
                    assertThat(third.lines).contains(":open");
                });
            }
        }
    }

    /// A client of the stream.
    private static final class Ears implements AutoCloseable {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final HttpClient client = HttpClient.newHttpClient();
        private final Thread thread;
        private volatile boolean open;
        private volatile boolean closed;

        Ears(Portal portal, String path, String token) {
            var request = HttpRequest.newBuilder(URI.create(portal.url() + path));
            if (token != null) {
                request.header("Authorization", token);
            }
            thread = Thread.ofVirtual().start(() -> {
                while (!closed) {
                    listen(request.build());
                }
            });
        }

        /// Until the stream ends; another one is opened then, as browsers do.
        private void listen(HttpRequest request) {
            try {
                client.send(request, HttpResponse.BodyHandlers.ofLines()).body().forEach(line -> {
                    open = true;
                    lines.add(line);
                });
            } catch (java.io.IOException | java.io.UncheckedIOException _) {
                // another one is opened
            } catch (InterruptedException _) {
                closed = true;
            }
            open = false;
        }

        @Override
        public void close() {
            closed = true;
            thread.interrupt();
            client.shutdownNow();
        }
    }
}

package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.service.ReliableProducer;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// The whole service, against a real broker and registry, from the outside.
class IngestServiceTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String VECTOR = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static ConfigurableApplicationContext context;
    private static Http http;
    private static TopicRecords records;
    private static Topics topics;

    @BeforeAll
    static void start() {
        context = IngestContext.start(TestBroker.shared(), TestRegistry.shared());
        http = new Http(IngestContext.port(context));
        records = new TopicRecords(TestBroker.shared().bootstrapServers());
        topics = context.getBean(Topics.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static String alert(int number, String repository, String state) {
        return """
                {"action":"created","alert":{"number":%d,"state":"%s","created_at":"2026-05-20T08:00:00Z",
                "updated_at":"2026-05-20T08:00:00Z","html_url":"https://github.com/x","security_advisory":
                {"cve_id":"CVE-2026-1","severity":"critical"}},"repository":{"full_name":"%s"},"sender":{"login":"octavia"}}
                """.formatted(number, state, repository);
    }

    private static Optional<ConsumerRecord<String, FactsObserved>> factsOf(String deliveryId) {
        return records.all(topics.facts()).stream()
                .filter(it -> it.value().getOrigin().getDeliveryId().equals(deliveryId))
                .findFirst();
    }

    private static Optional<DeadLetter> deadLetterFor(String key) {
        return records.all(topics.deadLetters()).stream()
                .map(ConsumerRecord::value)
                .filter(it -> it.getKey() != null
                        && UTF_8.decode(it.getKey().duplicate()).toString().equals(key))
                .findFirst();
    }

    @Test
    void isReadyOnceItsDeclarationsAreKnown() {
        var management = new Http(IngestContext.managementPort(context));

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var health =
                    management.send(management.to("/actuator/health/readiness").GET());
            assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
            assertThat(health.body()).contains("declarations");
        });
    }

    // ------------------------------------------------------------------ deliveries

    @Test
    void journalsAGenuineDeliveryAndTurnsItIntoFacts() {
        var answer = http.deliver("d-genuine", "dependabot_alert", alert(7, "Acme/Payments", "open"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"deliveryId\":\"d-genuine\"}");
        var journalled = records.all(topics.deliveries()).stream()
                .filter(it -> it.key().equals("github/d-genuine"))
                .findFirst()
                .orElseThrow();
        assertThat(UTF_8.decode(journalled.value().getBody()).toString()).isEqualTo(alert(7, "Acme/Payments", "open"));
        assertThat(journalled.value().getHeaders())
                .containsEntry("x-github-event", "dependabot_alert")
                .doesNotContainKey("x-hub-signature-256");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var facts = factsOf("d-genuine").orElseThrow();
            assertThat(facts.key()).isEqualTo("repo:github.com/acme/payments");
            assertThat(CloudEventHeaders.correlationId(facts.headers())).isEqualTo("d-genuine");
            assertThat(header(facts, CloudEventHeaders.TYPE)).isEqualTo("dev.muster.facts.observed.v1");
            assertThat(facts.value().getOrigin().getActor()).isEqualTo("octavia");
            assertThat(facts.value().getChanges()).singleElement().satisfies(change -> {
                assertThat(change.getKind()).isEqualTo(FactChangeKind.UPSERT);
                assertThat(change.getItem()).isEqualTo("dependabot/7");
            });
        });
    }

    @Test
    void carriesTheTraceOfTheRequestToTheJournalAndToTheFacts() {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var body = alert(70, "acme/traced", "open").getBytes(UTF_8);

        var answer = http.send(http.github("d-traced", "dependabot_alert", body, Http.SECRET)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));

        assertThat(answer.statusCode()).isEqualTo(202);
        var journalled = records.all(topics.deliveries()).stream()
                .filter(it -> it.key().equals("github/d-traced"))
                .findFirst()
                .orElseThrow();
        assertThat(CloudEventHeaders.traceParent(journalled.headers())).matches("00-" + trace + "-[0-9a-f]{16}-01");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(CloudEventHeaders.traceParent(
                                factsOf("d-traced").orElseThrow().headers()))
                        .matches("00-" + trace + "-[0-9a-f]{16}-01")
                        .as("a span of its own")
                        .isNotEqualTo(CloudEventHeaders.traceParent(journalled.headers())));
    }

    @Test
    void beginsATraceWhereTheSenderHasNone() {
        http.deliver("d-untraced", "dependabot_alert", alert(71, "acme/untraced", "open"));

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var facts = factsOf("d-untraced").orElseThrow();
            var journalled = records.all(topics.deliveries()).stream()
                    .filter(it -> it.key().equals("github/d-untraced"))
                    .findFirst()
                    .orElseThrow();
            assertThat(trace(facts)).hasSize(32).isEqualTo(trace(journalled));
        });
    }

    private static String trace(ConsumerRecord<?, ?> entry) {
        return header(entry, CloudEventHeaders.TRACE_PARENT).split("-")[1];
    }

    private static String header(ConsumerRecord<?, ?> entry, String name) {
        return new String(entry.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void takesGitHubsOwnTestVectorAndKeepsWhatIsNotJsonAsADeadLetter() {
        var answer = http.send(http.to("/v1/webhooks/github")
                .header("Content-Type", "application/json")
                .header("X-GitHub-Delivery", "d-vector")
                .header("X-Hub-Signature-256", VECTOR)
                .POST(BodyPublishers.ofString("Hello, World!")));

        assertThat(answer.statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var letter = deadLetterFor("github/d-vector").orElseThrow();
            assertThat(letter.getReason()).isEqualTo("NOT_JSON");
            assertThat(letter.getStage()).isEqualTo("normaliser");
            assertThat(letter.getHeaders()).containsKey("correlation-id");
            var delivery =
                    topics.deliveries().value().deserializer().deserialize(letter.getTopic(), bytes(letter.getValue()));
            assertThat(bytes(delivery.getBody())).isEqualTo("Hello, World!".getBytes(UTF_8));
        });
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Test
    void answersEveryForgeryWithTheSameBytesAndLeavesNoTrace() {
        var body = alert(8, "acme/forged", "open").getBytes(UTF_8);
        var signature = Http.signature(Http.SECRET, body);
        var before = sizes();
        var forgeries = new LinkedHashMap<String, List<String>>();
        forgeries.put("none", List.of());
        forgeries.put("empty", List.of("X-Hub-Signature-256: "));
        forgeries.put("another key", List.of("X-Hub-Signature-256: " + Http.signature("another", body)));
        forgeries.put(
                "upper case",
                List.of("X-Hub-Signature-256: sha256=" + signature.substring(7).toUpperCase(Locale.ROOT)));
        forgeries.put("cut", List.of("X-Hub-Signature-256: " + signature.substring(0, 40)));
        forgeries.put("another body", List.of("X-Hub-Signature-256: " + VECTOR));
        forgeries.put("no name of the algorithm", List.of("X-Hub-Signature-256: " + signature.substring(7)));
        for (var algorithm : List.of("SHA1", "SHA512")) {
            var code = HexFormat.of().formatHex(Http.mac("Hmac" + algorithm, Http.SECRET, body));
            forgeries.put(
                    algorithm, List.of("X-Hub-Signature-256: " + algorithm.toLowerCase(Locale.ROOT) + "=" + code));
            forgeries.put(algorithm + " by another name", List.of("X-Hub-Signature-256: sha256=" + code));
        }
        forgeries.put(
                "one of each secret",
                List.of(
                        "X-Hub-Signature-256: " + signature,
                        "X-Hub-Signature-256: " + Http.signature("the one before", body)));
        forgeries.put("two", List.of("X-Hub-Signature-256: " + signature, "X-Hub-Signature-256: " + signature));
        forgeries.put(
                "SHA-1 only",
                List.of("X-Hub-Signature: sha1=" + HexFormat.of().formatHex(Http.mac("HmacSHA1", Http.SECRET, body))));

        var answers = new ArrayList<String>();
        forgeries.forEach((_, headers) -> answers.add(forged("github", headers, body)));
        answers.add(forged("nobody", List.of("X-Hub-Signature-256: " + signature), body));
        for (var authorization : List.of(
                "X-Hub-Signature-256: " + signature,
                "Authorization: Bearer another",
                "Authorization: Bearer ",
                "Authorization: Bearer " + Http.TOKEN,
                "Authorization: Basic OmFub3RoZXI=")) {
            answers.add(forged("alertmanager", List.of(authorization), body));
        }
        answers.add(forged("no.such%20name", List.of(), body));

        assertThat(answers.getFirst()).startsWith("HTTP/1.1 401").contains("application/problem+json");
        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(answers.getFirst()).doesNotContain("github").doesNotContain("secret");
        assertThat(sizes()).isEqualTo(before);
    }

    private static String forged(String connection, List<String> headers, byte[] body) {
        var head = "POST /v1/webhooks/" + connection + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n"
                + String.join("", headers.stream().map(it -> it + "\r\n").toList()) + "\r\n";
        return http.raw(head.getBytes(UTF_8), body).replaceAll("Date: [^\r]*", "Date: -");
    }

    private static Map<String, Integer> sizes() {
        return Map.of(
                "deliveries",
                        forgedIn(records.all(topics.deliveries()).stream()
                                .filter(it -> it.value() != null)
                                .map(it -> UTF_8.decode(it.value().getBody()).toString())
                                .toList()),
                "facts",
                        forgedIn(records.all(topics.facts()).stream()
                                .map(ConsumerRecord::key)
                                .toList()),
                "dead letters",
                        forgedIn(records.all(topics.deadLetters()).stream()
                                .map(it -> it.value().toString())
                                .toList()));
    }

    private static int forgedIn(List<String> texts) {
        return (int) texts.stream().filter(it -> it.contains("acme/forged")).count();
    }

    @Test
    void takesThePreviousSecretWhileSendersChangeOver() {
        var body = alert(9, "acme/rotation", "open").getBytes(UTF_8);

        assertThat(http.send(http.github("d-rotation", "dependabot_alert", body, "the one before"))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void takesBearerTokensOfAlertmanager() {
        var answer = http.send(http.to("/v1/webhooks/alertmanager")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer bearer-of-alerts")
                .POST(BodyPublishers.ofString("{\"version\":\"4\",\"alerts\":[]}")));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).matches("\\{\"deliveryId\":\"sha256-[0-9a-f]{32}\"}");
    }

    @Test
    void makesAnIdOfItsOwnForOneThatCouldBreakSomething() {
        var body = alert(10, "acme/ids", "open").getBytes(UTF_8);

        assertThat(http.send(http.github("<script>", "dependabot_alert", body, Http.SECRET))
                        .body())
                .contains("sha256-");
        assertThat(http.send(http.github("x".repeat(200), "dependabot_alert", body, Http.SECRET))
                        .body())
                .contains("sha256-");
    }

    @Test
    void takesAnEventThatNobodyReads() {
        assertThat(http.deliver("d-star", "star", "{}").statusCode()).isEqualTo(202);
        http.deliver("d-after-star", "dependabot_alert", alert(11, "acme/star", "open"));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> factsOf("d-after-star").isPresent());
        assertThat(factsOf("d-star")).isEmpty();
        assertThat(deadLetterFor("github/d-star")).isEmpty();
    }

    @Test
    void keepsHostileJsonThatIsAuthentic() {
        http.deliver("d-deep", "dependabot_alert", "[".repeat(100_000));
        http.deliver("d-keys", "dependabot_alert", "{\"a\":1,\"a\":2}");
        http.deliver("d-mapping", "dependabot_alert", "{\"alert\":{},\"repository\":{\"full_name\":\"acme/x\"}}");

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(deadLetterFor("github/d-deep"))
                    .get()
                    .extracting(DeadLetter::getReason)
                    .isEqualTo("NOT_JSON");
            assertThat(deadLetterFor("github/d-keys"))
                    .get()
                    .extracting(DeadLetter::getReason)
                    .isEqualTo("NOT_JSON");
            assertThat(deadLetterFor("github/d-mapping"))
                    .get()
                    .extracting(DeadLetter::getReason)
                    .isEqualTo("MAPPING_FAILED");
        });
    }

    private static String alertAt(int number, String time) {
        return alert(number, "acme/times", "open").replace("\"2026-05-20T08:00:00Z\"", time);
    }

    static Stream<String> timesThatCannotBe() {
        return Stream.of(
                "\"1969-12-31T23:59:59Z\"",
                "\"2099-01-01T00:00:00Z\"",
                "\"9999-12-31T23:59:59Z\"",
                "\"" + Instant.now().plus(Duration.ofDays(1)) + "\"",
                "-1",
                "-86400000",
                "95617584000",
                "20146744073709552", // microseconds, of which 64 bits do not hold the nanoseconds
                "9223372036854775807");
    }

    @ParameterizedTest
    @MethodSource("timesThatCannotBe")
    void putsReceiptInThePlaceOfATimeThatCannotBe(String time) {
        var id = "d-clamped-" + Integer.toHexString(time.hashCode());
        http.deliver(id, "dependabot_alert", alertAt(14, time));

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var facts = factsOf(id).orElseThrow().value();
            assertThat(facts.getChanges()).singleElement().satisfies(change -> {
                assertThat(change.getClamped()).isTrue();
                assertThat(change.getSourceTime()).isEqualTo(facts.getReceivedAt());
            });
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"+99999-01-01T00:00:00Z\"",
                "\"2026-02-30T00:00:00Z\"",
                "\"-5\"",
                "\"yesterday\"",
                "-9223372036854775808",
                "true",
                "{}"
            })
    void keepsADeliveryWhoseTimeIsNoTime(String time) {
        var id = "d-no-time-" + Integer.toHexString(time.hashCode());
        http.deliver(id, "dependabot_alert", alertAt(15, time));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(deadLetterFor("github/" + id))
                        .get()
                        .satisfies(letter -> {
                            assertThat(letter.getReason()).isEqualTo("MAPPING_FAILED");
                            assertThat(letter.getMessage()).contains("time").contains(time.replace("\"", ""));
                        }));
    }

    @Test
    void passesOverAPoisonRecordAndGoesOn() {
        var producer = context.getBean(ReliableProducer.class);
        for (var value : List.of("\0random bytes", "", "{}")) {
            producer.sendAndWait(
                    new ProducerRecord<>(topics.deliveries().name(), "poison".getBytes(UTF_8), value.getBytes(UTF_8)));
        }
        producer.sendAndWait(new ProducerRecord<>(topics.deliveries().name(), "poison-null".getBytes(UTF_8), null));
        producer.sendAndWait(new ProducerRecord<>(topics.deliveries().name(), "poison without a key".getBytes(UTF_8)));
        http.deliver("d-after-poison", "dependabot_alert", alert(12, "acme/poison", "open"));

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(factsOf("d-after-poison")).isPresent();
            assertThat(records.all(topics.deadLetters()))
                    .filteredOn(it -> "poison".equals(it.key()))
                    .hasSize(3)
                    .allSatisfy(it -> assertThat(it.value().getReason()).isEqualTo("UNREADABLE"));
            assertThat(deadLetterFor("poison-null")).isPresent();
            assertThat(records.all(topics.deadLetters()))
                    .filteredOn(it -> it.key() == null)
                    .singleElement()
                    .satisfies(it ->
                            assertThat(bytes(it.value().getValue())).isEqualTo("poison without a key".getBytes(UTF_8)));
        });
    }

    // ------------------------------------------------------------------ bounds

    @Test
    void turnsAwayWhatIsAnnouncedAsTooLarge() {
        var head =
                "POST /v1/webhooks/github HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n";

        assertThat(http.raw(head.getBytes(UTF_8))).startsWith("HTTP/1.1 413").contains("Connection: close");
    }

    @Test
    void turnsAwayAChunkedBodyAtTheLimit() throws IOException {
        var head =
                "POST /v1/webhooks/github HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        var chunks = new ByteArrayOutputStream();
        for (var i = 0; i < 26; i++) {
            chunks.write("100000\r\n".getBytes(UTF_8));
            chunks.write(new byte[1 << 20]);
            chunks.write("\r\n".getBytes(UTF_8));
        }

        assertThat(http.raw(head.getBytes(UTF_8), chunks.toByteArray()))
                .startsWith("HTTP/1.1 413")
                .contains("Connection: close");
    }

    @Test
    void journalsTheLargestDeliveryThatGitHubSends() {
        var body = new byte[25 * 1024 * 1024];
        new java.util.Random(1).nextBytes(body);

        assertThat(http.send(http.github("d-large", "push", body, Http.SECRET)).statusCode())
                .isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> deadLetterFor("github/d-large").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "gzip, identity"})
    void doesNotUnpackDeclarations(String encoding) {
        var body = "{}".getBytes(UTF_8);
        for (var request : List.of(
                http.withToken("/v1/facts").POST(BodyPublishers.ofByteArray(body)),
                http.withToken("/v1/catalog").PUT(BodyPublishers.ofByteArray(body)),
                http.withToken("/v1/scorecards").PUT(BodyPublishers.ofByteArray(body)))) {
            var answer = http.send(request.header("Content-Encoding", encoding));

            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(answer.body()).contains("unsupported-media-type", "Compressed bodies are not read here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /v1/facts", "PUT /v1/catalog", "PUT /v1/scorecards", "PUT /v1/initiatives"})
    void turnsAwayADeclarationThatIsTooLarge(String call) {
        var head = call + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Http.TOKEN + "\r\n";
        var chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";

        for (var answer : List.of(
                http.raw((head + "Content-Length: 4194305\r\n\r\n").getBytes(UTF_8)),
                http.raw((head + "Content-Length: 104857600\r\n\r\n").getBytes(UTF_8)),
                http.raw((head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5)).getBytes(UTF_8)),
                http.raw((head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(30)).getBytes(UTF_8)))) {
            assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
        }
        var parts = call.split(" ");
        for (var size : List.of(5 << 20, 24 << 20)) { // whole, before the client listens
            var answer =
                    http.send(http.withToken(parts[1]).method(parts[0], BodyPublishers.ofByteArray(new byte[size])));
            assertThat(answer.statusCode()).as("of %d bytes", size).isEqualTo(413);
            assertThat(answer.body()).contains("/problems/body-too-large", "bytes at most");
        }
    }

    @Test
    void saysThatADeclarationDoesNotFitIntoARecord() {
        var random = new java.util.Random(1);
        var text = random.ints(1_000_000, 0x4e00, 0x9fff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        var answer = http.putYaml(
                "/v1/catalog",
                "kind: Group\nmetadata: { name: beside-large }\n---\n"
                        + "kind: Group\nmetadata: { name: large, description: " + text + " }\n");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.body()).contains("One of them does not fit into a record");
        assertThat(records.all(topics.catalog())).noneMatch(it -> it.key().contains("large"));
        assertThat(http.putYaml("/v1/catalog", "kind: Group\nmetadata: { name: after-what-did-not-fit }\n")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesOnlyTypesThatTheSourceSends() {
        var answer = http.send(http.to("/v1/webhooks/github")
                .header("Content-Type", "application/xml")
                .header("X-Hub-Signature-256", Http.signature(Http.SECRET, "<a/>".getBytes(UTF_8)))
                .POST(BodyPublishers.ofString("<a/>")));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    // ------------------------------------------------------------------ catalogue

    private static final String CATALOG = """
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: { name: payments-team, annotations: { muster.dev/slack-webhook: payments } }
            spec: { type: team, profile: { displayName: Payments, email: payments@acme.example }, children: [] }
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: Payments
              title: Payments
              tags: [java]
              annotations:
                github.com/project-slug: Acme/Payments
                prometheus.io/service-name: payments
                backstage.io/source-location: url:https://github.com/Acme/mono/tree/main/payments/
                muster.dev/tier: "1"
                muster.dev/subjects: "image:registry/payments, chart:payments"
              links: [ { url: "https://runbooks.acme.example", title: Runbook } ]
            spec: { type: service, lifecycle: production, owner: payments-team, dependsOn: [component:ledger] }
            ---
            kind: Component
            metadata: { name: ledger }
            spec: { type: service, owner: "group:default/payments-team", dependsOn: [component:payments] }
            """;

    @Test
    void appliesACatalogueOnceAndTellsWhatIsOdd() {
        var dry = http.putYaml("/v1/catalog?dryRun=true", CATALOG);
        assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);

        var first = http.putYaml("/v1/catalog", CATALOG);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        var answer = JSON.readTree(first.body());
        assertThat(answer.get("applied").toString())
                .isEqualTo(
                        "[\"group:default/payments-team\",\"component:default/payments\",\"component:default/ledger\"]");
        assertThat(answer.get("warnings").toString())
                .contains(
                        "dependsOn goes in a circle: component:default/payments → component:default/ledger → component:default/payments");

        var second = JSON.readTree(http.putYaml("/v1/catalog", CATALOG).body());
        assertThat(second.get("applied").toString()).isEqualTo("[]");
        assertThat(second.get("unchanged").size()).isEqualTo(3);

        var entity = records.all(topics.catalog()).stream()
                .filter(it -> it.key().equals("component:default/payments") && it.value() != null)
                .map(ConsumerRecord::value)
                .toList();
        assertThat(entity).singleElement().satisfies(it -> {
            assertThat(it.getClaims())
                    .containsExactly(
                            "chart:payments",
                            "entity:component:default/payments",
                            "image:registry/payments",
                            "readiness:component:default/ledger",
                            "readiness:component:default/payments",
                            "repo:github.com/acme/mono",
                            "repo:github.com/acme/payments",
                            "service:prometheus/payments",
                            "team:default/payments-team",
                            "team:scim/payments-team");
            assertThat(it.getTier()).isEqualTo(1);
            assertThat(it.getOwner()).isEqualTo("group:default/payments-team");
            assertThat(it.getAppliedBy()).isEqualTo("admin");
            assertThat(it.getDependsOn()).containsExactly("component:default/ledger");
        });
    }

    @Test
    void takesACatalogueAsJsonWithTabs() {
        var json =
                "{\n\t\"kind\": \"Group\",\n\t\"metadata\": {\"name\": \"json-team\"},\n\t\"spec\": {\"type\": \"team\"}\n}";

        assertThat(http.put("/v1/catalog", "application/json", json).body()).contains("group:default/json-team");
    }

    @Test
    void namesEveryMistakeInACatalogue() {
        var answer = http.putYaml("/v1/catalog?file=catalog.yaml", """
                kind: Component
                metadata: { name: "not a name", annotations: { muster.dev/tier: gold } }
                spec: { owner: nobody }
                ---
                kind: Componnent
                metadata: { name: x }
                ---
                kind: Component
                metadata: { name: ownerless }
                spec: { type: service }
                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("application/problem+json"));
        var errors = JSON.readTree(answer.body()).get("errors");
        assertThat(errors.get(0).toString()).contains("\"file\":\"catalog.yaml\"", "\"line\":2", "\"column\":19");
        assertThat(answer.body()).contains("did you mean 'Component'", "a Component needs spec.owner");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                self | kind: System\\nmetadata: { name: self }\\nspec: { dependsOn: [system:self] } | system:default/self → system:default/self
                three | kind: System\\nmetadata: { name: c1 }\\nspec: { dependsOn: [system:c2] }\\n---\\nkind: System\\nmetadata: { name: c2 }\\nspec: { dependsOn: [system:c3] }\\n---\\nkind: System\\nmetadata: { name: c3 }\\nspec: { dependsOn: [system:c1] } | dependsOn goes in a circle: system:default/c1 → system:default/c2 → system:default/c3 → system:default/c1
                parents | kind: Group\\nmetadata: { name: p1 }\\nspec: { parent: p2 }\\n---\\nkind: Group\\nmetadata: { name: p2 }\\nspec: { parent: p1 } | parent goes in a circle: group:default/p1 → group:default/p2 → group:default/p1
                """)
    void appliesACircleWithAWarning(String name, String yaml, String warning) {
        var answer = http.putYaml("/v1/catalog", yaml.replace("\\n", "\n"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).get("applied").size()).as(name).isPositive();
        assertThat(answer.body()).contains(warning).contains("\"line\":3");
    }

    @Test
    void findsACircleThatGoesThroughWhatIsThereAlready() {
        http.putYaml(
                "/v1/catalog",
                "kind: System\nmetadata: { name: there }\nspec: { dependsOn: [system:default/comes-later] }\n");

        assertThat(http.putYaml(
                                "/v1/catalog",
                                "kind: System\nmetadata: { name: comes-later }\nspec: { dependsOn: [system:there] }\n")
                        .body())
                .contains("\"applied\":[\"system:default/comes-later\"]")
                .contains("system:default/comes-later → system:default/there → system:default/comes-later");
    }

    @Test
    void refusesAnOwnerThatExistsNowhere() {
        var answer = http.putYaml("/v1/catalog", """
                kind: Component
                metadata: { name: orphan }
                spec: { type: service, owner: ghosts }
                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("group:default/ghosts", "neither in this request nor in the catalogue", "\"line\":3");
        assertThat(records.all(topics.catalog())).noneMatch(it -> it.key().equals("component:default/orphan"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "component:default/other", "system:default/other"})
    void refusesAnOwnerWhoWouldNotHearOfIt(String owner) {
        var answer = http.putYaml("/v1/catalog", """
                kind: Component
                metadata: { name: unheard }
                spec: { type: service, owner: %s }
                ---
                kind: System
                metadata: { name: other }
                """.formatted(owner));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("spec.owner", "nobody would hear of it", "\"line\":3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                a: &a [x,x]\\nb: [*a,*a] | anchors are not read
                kind: Group\\nkind: Group | there twice
                a: &a [x,x]\\nb: &b [*a,*a]\\nc: &c [*b,*b]\\nd: [*c,*c] | anchors are not read
                a: { <<: *b } | aliases are not read
                a: 1\\n---\\nb: &b 1 | anchors are not read
                {"kind":"Group","kind":"User"} | there twice
                ? [a]\\n: b | a key must be text
                %YAML 9.9\\n---\\na: 1 | is not YAML 1.2
                not: [closed | is not YAML
                !!java.net.URL ["http://localhost"] | tags are not read
                '' | holds no
                just text | expected a
                """)
    void refusesYamlThatBitesWithItsPlace(String yaml, String message) {
        for (var path : List.of("/v1/catalog", "/v1/scorecards", "/v1/initiatives")) {
            var answer = http.putYaml(path, yaml.replace("\\n", "\n"));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
            var first = JSON.readTree(answer.body()).get("errors").get(0);
            assertThat(first.get("line").intValue()).isPositive();
            assertThat(first.get("column").intValue()).isPositive();
            assertThat(first.get("message").stringValue()).contains(message);
        }
    }

    @Test
    void appliesNothingOfAFileWithOneBadDocument() {
        var catalogue = http.putYaml(
                "/v1/catalog",
                "kind: Group\nmetadata: { name: beside-bad }\n---\nkind: Group\nmetadata: { name: bad, name: worse }\n");
        var scorecards = http.putYaml(
                "/v1/scorecards",
                scorecard("beside-bad", 1) + "---\n" + scorecard("bad", 2).replace("size(", "size(1 + "));

        assertThat(catalogue.statusCode()).isEqualTo(422);
        assertThat(catalogue.body()).contains("\"line\":5", "the key 'name' is there twice");
        assertThat(scorecards.statusCode()).isEqualTo(422);
        assertThat(scorecards.body()).contains("\"line\":20", "'+' cannot be applied to (int, list");
        assertThat(records.all(topics.catalog())).noneMatch(it -> it.key().contains("beside-bad"));
        assertThat(records.all(topics.scorecards())).noneMatch(it -> it.key().equals("beside-bad"));
    }

    @Test
    void refusesYamlThatIsTooDeepOrTooLarge() {
        for (var path : List.of("/v1/catalog", "/v1/scorecards", "/v1/initiatives")) {
            assertThat(http.putYaml(path, "[".repeat(5_000)).body()).contains("is nested deeper than 32");
            assertThat(http.putYaml(path, "a".repeat(2 << 20)).body()).contains("more than 1048576");
            assertThat(http.putYaml(path, "[" + "1,".repeat(60_000) + "1]").body())
                    .contains("has more than 50000 nodes");
            assertThat(http.putYaml(path, "a".repeat(5 << 20)).statusCode()).isEqualTo(413);
            assertThat(http.put(path, "application/xml", "<a/>").statusCode()).isEqualTo(415);
        }
    }

    @Test
    void saysWhereABodyIsNotUtf8() {
        for (var path : List.of("/v1/catalog", "/v1/scorecards", "/v1/initiatives")) {
            var answer = http.send(http.withToken(path + "?file=latin.yaml")
                    .header("Content-Type", "application/yaml")
                    .PUT(BodyPublishers.ofByteArray("kind: Group\ntitle: Müller".getBytes(ISO_8859_1))));

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("\"file\":\"latin.yaml\",\"line\":2,\"column\":9", "is not UTF-8");
        }
    }

    @Test
    void goesOnWhenSomebodyElseWroteRubbishAmongTheDeclarations() {
        var producer = context.getBean(ReliableProducer.class);
        for (var topic : List.of(topics.catalog(), topics.scorecards())) {
            for (var value : List.of("\0random bytes", "", "{}")) {
                producer.sendAndWait(
                        new ProducerRecord<>(topic.name(), "rubbish".getBytes(UTF_8), value.getBytes(UTF_8)));
            }
        }

        assertThat(http.putYaml("/v1/catalog", "kind: Group\nmetadata: { name: after-rubbish }\n")
                        .statusCode())
                .isEqualTo(200);
        assertThat(http.get("/v1/catalog").body()).contains("after-rubbish").doesNotContain("\"rubbish\"");
        assertThat(http.get("/v1/scorecards").statusCode()).isEqualTo(200);
    }

    @Test
    void deletesAnEntityByItsReferenceWithTheSlashEncodedOrNot() {
        http.putYaml(
                "/v1/catalog",
                "kind: Group\nmetadata: { name: gone }\n---\nkind: Group\nmetadata: { name: gone-too }\n");

        assertThat(http.delete("/v1/catalog/group:default%2Fgone").statusCode()).isEqualTo(204);
        assertThat(http.delete("/v1/catalog/group:default/gone-too").statusCode())
                .isEqualTo(204);
        assertThat(http.delete("/v1/catalog/group:default/gone").statusCode()).isEqualTo(404);
        assertThat(http.get("/v1/catalog").body()).doesNotContain("default/gone");
        assertThat(records.all(topics.catalog()))
                .filteredOn(it -> it.key().equals("group:default/gone") && it.value() == null)
                .singleElement()
                .satisfies(it -> assertThat(
                                it.headers().lastHeader(CloudEventHeaders.ACTOR).value())
                        .as("who deleted it")
                        .asString(UTF_8)
                        .isEqualTo("admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer another-token-that-nobody-has", "Basic YWRtaW46YWRtaW4="})
    void asksForAToken(String authorization) {
        for (var request : List.of(
                http.to("/v1/catalog").PUT(BodyPublishers.ofString("")),
                http.to("/v1/scorecards").PUT(BodyPublishers.ofString("")),
                http.to("/v1/initiatives").PUT(BodyPublishers.ofString("")),
                http.to("/v1/facts").POST(BodyPublishers.ofString("[]")))) {
            var answer = http.send(authorization.isEmpty() ? request : request.header("Authorization", authorization));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("/problems/unauthenticated");
            assertThat(answer.headers().firstValue("www-authenticate"))
                    .hasValueSatisfying(it -> assertThat(it).startsWith("Bearer"));
        }
    }

    // ------------------------------------------------------------------ scorecards

    private static String scorecard(String name, int max) {
        return """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: %s, title: Test }
                spec:
                  levels: [bronze, silver]
                  rules:
                    - id: no-vulnerabilities
                      title: Few vulnerabilities
                      check: size(vulnerabilities) <= %d
                      level: bronze
                """.formatted(name, max);
    }

    @Test
    void givesAChangedScorecardTheNextVersion() {
        assertThat(JSON.readTree(http.putYaml("/v1/scorecards", scorecard("versions", 0))
                                .body())
                        .at("/versions/versions")
                        .intValue())
                .isEqualTo(1);
        assertThat(http.putYaml("/v1/scorecards", scorecard("versions", 0)).body())
                .contains("\"unchanged\":[\"versions\"]");
        assertThat(http.putYaml("/v1/scorecards?dryRun=true", scorecard("versions", 1))
                        .body())
                .contains("\"versions\":2");
        assertThat(JSON.readTree(http.putYaml("/v1/scorecards", "# a remark\n" + scorecard("versions", 2))
                                .body())
                        .at("/versions/versions")
                        .intValue())
                .isEqualTo(2);

        assertThat(records.all(topics.scorecards()))
                .filteredOn(it -> it.key().equals("versions"))
                .extracting(it -> it.value().getVersion())
                .containsExactly(1, 2);
        assertThat(http.delete("/v1/scorecards/versions").statusCode()).isEqualTo(204);
        assertThat(http.get("/v1/scorecards").body()).doesNotContain("\"versions\"");
    }

    @Test
    void namesEveryMistakeInAScorecard() {
        var answer = http.putYaml("/v1/scorecards?file=bad.yaml", """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: bad, title: Bad }
                spec:
                  levels: [bronze]
                  rules:
                    - { id: a, title: A, level: bronze, check: size(vulnerabilitys) == 0 }
                    - { id: b, title: B, level: bronze, check: "repository.archived + 1" }
                    - { id: c, title: C, level: bronze, check: "[1].map(a, [1].map(b, true)) ==" }
                    - { use: framework/no-such-rule }
                    - { id: e, title: E, level: bronze, check: "entity.name.matches('((a{1000}){1000}){1000}')" }
                    - { id: f, title: F, level: bronze, check: "true", effectiveFrom: +999999999-12-31T23:59:59Z }
                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        var errors = JSON.readTree(answer.body()).get("errors");
        assertThat(errors.size()).isGreaterThanOrEqualTo(4);
        assertThat(errors.get(0).toString()).contains("\"file\":\"bad.yaml\"", "\"line\":7", "vulnerabilit");
        assertThat(errors.get(0).toString()).contains("\"column\":", "did you mean 'vulnerabilities'?");
        assertThat(answer.body()).contains("\"line\":8", "\"line\":9", "\"line\":10", "\"line\":11", "\"line\":12");
        assertThat(answer.body()).contains("repeats too much", "from 1970 to 9999");
    }

    // ------------------------------------------------------------------ facts

    @Test
    void takesFactsThatFitTheCatalogue() {
        var answer = http.postJson("/v1/facts", """
                [{"subject":"repo:github.com/acme/told","fact":"coverage","value":{"newCode":81.5,"overall":70.0},"observedAt":"2026-05-01T10:00:00Z"},
                 {"subject":"repo:github.com/acme/told","fact":"vulnerabilities","item":{"id":"CVE-2026-9","severity":"high"},"observedAt":"2099-01-01T00:00:00Z"},
                 {"subject":"repo:github.com/acme/told","fact":"checks","item":"build","value":{"conclusion":"success"}},
                 {"subject":"repo:github.com/acme/told","fact":"checks","item":"lint","removed":true},
                 {"subject":"repo:github.com/acme/told","fact":"vulnerabilities","scope":"trivy","items":{"CVE-2026-8":{"severity":"low"}}}]
                """);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var taken = JSON.readTree(answer.body());
        assertThat(taken.get("facts").intValue()).isEqualTo(5);
        assertThat(taken.get("clamped").intValue()).isEqualTo(1);
        var facts = factsOf(taken.get("deliveryId").stringValue()).orElseThrow();
        assertThat(facts.key()).isEqualTo("repo:github.com/acme/told");
        assertThat(facts.value().getOrigin().getSource()).isEqualTo("api");
        assertThat(facts.value().getChanges())
                .extracting("kind")
                .containsExactly(
                        FactChangeKind.SET,
                        FactChangeKind.UPSERT,
                        FactChangeKind.UPSERT,
                        FactChangeKind.REMOVE,
                        FactChangeKind.SNAPSHOT);
        assertThat(facts.value().getChanges().getFirst().getSourceTime())
                .isEqualTo(Instant.parse("2026-05-01T10:00:00Z"));
        assertThat(facts.value().getChanges().get(1).getItem()).isEqualTo("CVE-2026-9");
    }

    @Test
    void namesEveryMistakeInFactsAndTakesNone() {
        var answer = http.postJson("/v1/facts", """
                [{"subject":"repo:github.com/acme/wrong","fact":"coverage","value":{"newCode":1.0}},
                 {"subject":"no subject","fact":"vulnerabilitys","value":1},
                 {"subject":"repo:github.com/acme/wrong","fact":"coverage","value":{"newCode":"much"}},
                 {"subject":"repo:github.com/acme/wrong","fact":"checks","value":{}},
                 {"subject":"repo:github.com/acme/wrong","fact":"coverage","value":{},"observedAt":"1969-01-01T00:00:00Z"},
                 {"subject":"repo:github.com/acme/wrong","fact":"coverage","value":{},"observedAt":"yesterday","colour":"red"}]
                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "[1].subject",
                        "[1].fact",
                        "did you mean 'vulnerabilities'",
                        "[2].value",
                        "[3]",
                        "before 1970",
                        "[5].observedAt",
                        "colour");
        assertThat(records.all(topics.facts())).noneMatch(it -> it.key().equals("repo:github.com/acme/wrong"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "subject: a",
                "{\"subject\":\"a:b\",\"subject\":\"a:c\"}",
                "[{\"fact\":\"coverage\",\"value\":{\"newCode\":1,\"newCode\":2}}]",
                "{\"value\":NaN}",
                "{} {}"
            })
    void refusesFactsThatAreNotJson(String body) {
        var answer = http.postJson("/v1/facts", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"line\":1,\"column\":");
    }

    @Test
    void refusesFactsThatAreTooDeepOrTooLarge() {
        var deep = http.postJson("/v1/facts", "[".repeat(100_000));

        assertThat(deep.statusCode()).isEqualTo(400);
        assertThat(deep.body()).contains("nesting depth (65) exceeds the maximum allowed (64)", "\"line\":1");
        assertThat(http.postJson("/v1/facts", "[" + " ".repeat(5 << 20) + "]").statusCode())
                .isEqualTo(413);
        assertThat(http.put("/v1/facts", "text/csv", "a,b").statusCode()).isEqualTo(405);
        assertThat(http.send(http.withToken("/v1/facts")
                                .header("Content-Type", "text/csv")
                                .POST(BodyPublishers.ofString("a,b")))
                        .statusCode())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"exemptions, POST /v1/exemptions", "attestations, POST /v1/attestations", "readiness, computed"})
    void letsNobodyTellWhatIsMustersOwn(String fact, String instead) {
        var body = """
                [{"subject":"repo:github.com/acme/own-facts","fact":"coverage","value":{"newCode":1.0}},
                 {"subject":"entity:component:default/own-facts","fact":"%s",
                  "item":{"id":"e1","rule":"r","state":"approved","expires":"2026-12-31T00:00:00Z"}}]
                """.formatted(fact);
        for (var caller : List.of(http, http.as(Http.EDITOR_TOKEN))) {
            var answer = caller.postJson("/v1/facts", body);

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("[1].fact", "'" + fact + "' is told by Muster alone", instead);
        }
        assertThat(records.all(topics.facts())).noneMatch(it -> it.key().contains("own-facts"));
    }

    // ------------------------------------------------------------------ metrics

    @Test
    void countsByClosedSetsAndShowsNoSecret() {
        http.deliver("d-metrics", "dependabot_alert", alert(13, "acme/metrics", "open"));
        forged("stranger-made-this-up", List.of(), "{}".getBytes(UTF_8));
        var management = new Http(IngestContext.managementPort(context));

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            HttpResponse<String> metrics =
                    management.send(management.to("/actuator/prometheus").GET());
            assertThat(metrics.body())
                    .contains("muster_ingest_deliveries_total{connection=\"github\",outcome=\"accepted\"}")
                    .contains("muster_ingest_deliveries_total{connection=\"unknown\",outcome=\"unauthenticated\"}")
                    .contains("muster_normaliser_deliveries_total{outcome=\"facts\",source=\"github\"}")
                    .doesNotContain("stranger-made-this-up")
                    .doesNotContain(Http.SECRET);
        });
    }
}

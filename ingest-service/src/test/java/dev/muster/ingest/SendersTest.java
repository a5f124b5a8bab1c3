package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/// Senders with habits of their own: those that sign nothing, ask beforehand, compress, or send something
/// other than JSON.
class SendersTest {

    /// Signs nothing, sets no header, posts XML, gives no id, and asks beforehand.
    private static final String PLAIN = """
            apiVersion: muster.dev/v1
            kind: Source
            metadata: { name: plain }
            spec:
              nature: state
              onError: retries
              handshake: cloudevents
              authentication: [ { scheme: secret-path } ]
              contentTypes: [application/xml, application/json]
              deliveryId: { content: "body.release.map(r, r['@tag'])[0]" }
              event: "'release'"
              mappings:
                - name: release
                  events: [release]
                  items: body.release
                  subject: "'repo:' + slug(item['@repository'])"
                  facts:
                    - { fact: repository, change: set, value: { id: "item['@tag']", name: "item['#text']" } }
            """;

    /// Wants 204, and is asked first.
    private static final String PEOPLE = """
            apiVersion: muster.dev/v1
            kind: Source
            metadata: { name: people }
            spec:
              nature: delta
              onError: gives-up
              handshake: okta
              acceptedStatus: 204
              authentication: [ { scheme: header-token, header: Authorization } ]
              event: "'people'"
              defaults: { subject: "'team:people/all'" }
              mappings:
                - name: people
                  events: [people]
                  facts: [ { fact: [ teamMembers ], change: invalidate } ]
            """;

    private static ConfigurableApplicationContext context;
    private static Http http;
    private static TopicRecords records;
    private static Topics topics;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        source(folder, "plain", PLAIN);
        source(folder, "people", PEOPLE);
        context = IngestContext.start(
                TestBroker.shared(),
                TestRegistry.shared(),
                "--muster.ingest.sources-dir=" + folder,
                "--muster.connections.plain.source=plain",
                "--muster.connections.plain.secret=in-the-path",
                "--muster.connections.people.source=people",
                "--muster.connections.people.secret=in-the-header");
        http = new Http(IngestContext.port(context));
        records = new TopicRecords(TestBroker.shared().bootstrapServers());
        topics = context.getBean(Topics.class);
    }

    private static void source(Path folder, String name, String yaml) throws IOException {
        Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve(name).resolve("source.yaml"), yaml);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static HttpRequest.Builder xml(String path, byte[] body) {
        return http.to(path)
                .header("Content-Type", "application/xml; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static HttpResponse<String> release(String path, String tag) {
        return http.send(xml(path, releaseXml(tag).getBytes(UTF_8)));
    }

    private static String releaseXml(String tag) {
        return "<release tag='" + tag + "' repository='git@github.com:Acme/Pay.git'>Of " + tag + "</release>";
    }

    private static Optional<FactsObserved> factsOf(HttpResponse<String> answer) {
        var id = answer.body().replaceFirst(".*\"deliveryId\":\"([^\"]+)\".*", "$1");
        return records.all(topics.facts()).stream()
                .map(ConsumerRecord::value)
                .filter(Objects::nonNull)
                .filter(it -> it.getOrigin().getDeliveryId().equals(id))
                .findFirst();
    }

    private static Optional<Delivery> journalled(String connection, String text) {
        return records.all(topics.deliveries()).stream()
                .map(ConsumerRecord::value)
                .filter(Objects::nonNull)
                .filter(it -> it.getConnection().equals(connection)
                        && UTF_8.decode(it.getBody().duplicate()).toString().contains(text))
                .findFirst();
    }

    @Test
    void takesASecretInThePathAndReadsXml() {
        var answer = release("/v1/webhooks/plain/in-the-path", "v1.0");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(factsOf(answer)).hasValueSatisfying(facts -> {
                    assertThat(facts.getSubject()).isEqualTo("repo:github.com/acme/pay");
                    assertThat(facts.getChanges().getFirst().getValue())
                            .isEqualTo("{\"id\":\"v1.0\",\"name\":\"Of v1.0\"}");
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/webhooks/plain",
                "/v1/webhooks/plain/",
                "/v1/webhooks/plain/another",
                "/v1/webhooks/plain/in-the-path/more",
                "/v1/webhooks/github/in-the-path",
                "/v1/webhooks/nobody/in-the-path"
            })
    void opensForNoOtherPath(String path) {
        assertThat(release(path, "forged").statusCode()).isIn(401, 404);
        assertThat(journalled("plain", "forged")).isEmpty();
    }

    @Test
    void knowsADeliveryAgainByItsContentWhereItHasNoId() {
        var first = release("/v1/webhooks/plain/in-the-path", "v2.0");
        var again = http.send(xml(
                "/v1/webhooks/plain/in-the-path",
                "<release  tag='v2.0' repository='https://github.com/acme/pay'>Other</release>".getBytes(UTF_8)));

        assertThat(first.body())
                .matches("\\{\"deliveryId\":\"key-[0-9a-f]{32}\"}")
                .isEqualTo(again.body());
    }

    @Test
    void keepsWhatHasNoKeyUnderItsDigest() {
        var answer = http.send(xml("/v1/webhooks/plain/in-the-path", "<other/>".getBytes(UTF_8)));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("sha256-");
    }

    @Test
    void unpacksWhatIsCompressedAfterTheProofIsChecked() throws IOException {
        var packed = packed(releaseXml("v3.0").getBytes(UTF_8));
        var answer = http.send(xml("/v1/webhooks/plain/in-the-path", packed).header("Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(journalled("plain", "v3.0")).isPresent();
        assertThat(http.send(xml("/v1/webhooks/plain/wrong", packed).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void checksTheSignatureOverTheBytesThatCame() throws IOException {
        var body = packed("{\"zen\":\"packed\"}".getBytes(UTF_8));
        var answer = http.send(http.github("d-gzip", "ping", body, Http.SECRET).header("Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(journalled("github", "\"zen\":\"packed\"")).isPresent();
    }

    @Test
    void boundsWhatACompressedBodyBecomes() throws IOException {
        var bomb = packed(new byte[26 << 20]);
        var answer = http.send(xml("/v1/webhooks/plain/in-the-path", bomb).header("Content-Encoding", "gzip"));

        assertThat(bomb).hasSizeLessThan(100_000);
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "br", "gzip, gzip"})
    void unpacksNothingElse(String encoding) {
        assertThat(http.send(xml("/v1/webhooks/plain/in-the-path", "<a/>".getBytes(UTF_8))
                                .header("Content-Encoding", encoding))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void keepsWhatOnlyPretendsToBeCompressed() {
        var answer = http.send(xml("/v1/webhooks/plain/in-the-path", "<pretender/>".getBytes(UTF_8))
                .header("Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(journalled("plain", "<pretender/>")).isPresent();
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void answersAsTheSenderWantsToHear() {
        var answer = http.send(http.to("/v1/webhooks/people")
                .header("Content-Type", "application/json")
                .header("Authorization", "in-the-header")
                .POST(BodyPublishers.ofString("{\"of\":\"people\"}")));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(journalled("people", "{\"of\":\"people\"}")).isPresent();
    }

    @Test
    void answersTheChallengeOfOkta() {
        var answer = http.send(http.to("/v1/webhooks/people")
                .header("X-Okta-Verification-Challenge", "a \"challenge\"")
                .GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo("{\"verification\":\"a \\\"challenge\\\"\"}");
        for (var path : new String[] {"/v1/webhooks/plain", "/v1/webhooks/nobody", "/v1/webhooks/github"}) {
            assertThat(http.send(http.to(path)
                                    .header("X-Okta-Verification-Challenge", "x")
                                    .GET())
                            .statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(http.send(http.to("/v1/webhooks/people").GET()).statusCode()).isEqualTo(401);
    }

    @Test
    void answersTheHandshakeOfCloudEvents() {
        var allowed = http.send(http.to("/v1/webhooks/plain/in-the-path")
                .header("WebHook-Request-Origin", "eventgrid.acme.example")
                .method("OPTIONS", BodyPublishers.noBody()));
        var other = http.send(http.to("/v1/webhooks/people")
                .header("WebHook-Request-Origin", "eventgrid.acme.example")
                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("webhook-allowed-origin")).hasValue("eventgrid.acme.example");
        assertThat(allowed.headers().firstValue("webhook-allowed-rate")).hasValue("*");
        assertThat(allowed.headers().firstValue("allow")).hasValue("POST, OPTIONS");
        assertThat(other.headers().firstValue("webhook-allowed-origin")).isEmpty();
    }
}

package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.muster.notifier.reminder.Declared;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.Cause;
import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Receipt;
import dev.muster.schemas.v1.ReceiptState;
import dev.muster.schemas.v1.RuleChange;
import dev.muster.schemas.v1.Standing;
import dev.muster.schemas.v1.StepKind;
import dev.muster.schemas.v1.Transition;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.service.ReliableProducer;
import dev.muster.testkit.FakeSlack;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole service with a real broker, database and mail server.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotifierServiceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String LINK_SECRET = "hunter2-hunter2-hunter2-hunter2-links";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final GreenMail MAIL = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private static final TestPostgres POSTGRES = TestPostgres.start();
    private static final FakeSlack SLACK = FakeSlack.start();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext service;
    private static Topics topics;
    private static ReliableProducer producer;

    @BeforeAll
    static void start() {
        MAIL.start();
        var database = POSTGRES.newDatabase();
        service = SpringApplication.run(
                NotifierApplication.class,
                "--server.port=0",
                "--management.server.port=0",
                "--spring.kafka.bootstrap-servers=" + TestBroker.shared().bootstrapServers(),
                "--spring.kafka.properties.schema.registry.url=mock://notifier",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.mail.host=localhost",
                "--spring.mail.port=" + MAIL.getSmtp().getPort(),
                "--muster.token=hunter2-hunter2-hunter2-hunter2",
                "--muster.tokens[0].name=editor",
                "--muster.tokens[0].sha256=6e9125385789d50ee095388e3d3d7f477b2b030824c089cbd3a99dda31bcc0f7",
                "--muster.tokens[0].roles=editor",
                "--muster.tokens[0].groups=" + TEAM,
                "--muster.tokens[1].name=viewer",
                "--muster.tokens[1].sha256=02d17fa1927e0af4451339e72a11abf26a675e807d8134e57be97658b53178b3",
                "--muster.tokens[2].name=other",
                "--muster.tokens[2].sha256=bc9e9808f8385a85720f36317f6263d43558f3af59272aeb75a036a613285f4e",
                "--muster.tokens[2].roles=editor",
                "--muster.tokens[2].groups=group:default/others",
                "--muster.topics.partitions=2",
                "--muster.notifier.group-wait=1s",
                "--muster.notifier.flap.within=1s",
                "--muster.notifier.flap.confirm=0s",
                "--muster.notifier.outbound.allowed-hosts=http://localhost:*",
                "--muster.notifier.outbound.allowed-networks=127.0.0.0/8,::1/128",
                "--muster.notifier.slack.pace=0s",
                "--muster.notifier.snooze.url=https://muster.acme.example",
                "--muster.notifier.snooze.secret=" + LINK_SECRET,
                "--muster.notifier.email.unsubscribe-url=https://muster.acme.example",
                "--muster.notifier.email.unsubscribe-secret=" + LINK_SECRET,
                "--muster.notifier.destinations.payments-alerts.type=slack-webhook",
                "--muster.notifier.destinations.payments-alerts.url=" + SLACK.webhook("payments"));
        topics = service.getBean(Topics.class);
        producer = service.getBean(ReliableProducer.class);
        declare(entity(TEAM, "Group")
                .setEmail("team@acme.example")
                .setAnnotations(Map.of("muster.dev/slack-webhook", "payments-alerts"))
                .build());
        await().atMost(PATIENCE)
                .until(() -> db().sql("select count(*) from catalog")
                                .query(Integer.class)
                                .single()
                        == 1);
    }

    @AfterAll
    static void stop() {
        service.close();
        SLACK.close();
        MAIL.stop();
        POSTGRES.close();
    }

    @Test
    @Order(1)
    void tellsTheOwnerOnceByMailAndOnceInSlackAndPublishesReceipts() {
        var transition = transition(2, TransitionKind.REGRESSED, Outcome.PASS, Outcome.FAIL, "d1");
        publish(transition);
        publish(transition);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receipts())
                        .filteredOn(it -> it.getTransitionIds().contains(transition.getId()))
                        .extracting(Receipt::getChannel, Receipt::getState)
                        .containsExactlyInAnyOrder(
                                org.assertj.core.groups.Tuple.tuple("email", ReceiptState.ACCEPTED),
                                org.assertj.core.groups.Tuple.tuple("slack", ReceiptState.SENT)));
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
        assertThat(SLACK.calls("payments")).hasSize(1);
        assertThat(receipts()).allSatisfy(it -> {
            assertThat(it.getOwner()).isEqualTo(TEAM);
            assertThat(it.getEntities()).containsExactly(PAYMENTS);
            assertThat(it.getDeliveryIds()).containsExactly("d1");
        });
    }

    @Test
    @Order(2)
    void carriesTheTraceOfTheTransitionToTheMessageAndToTheReceipts() {
        assertThat(SLACK.calls("payments").getFirst().traceParent())
                .startsWith("00-" + TRACE)
                .as("a span of its own")
                .isNotEqualTo(PARENT);
        assertThat(traces(topics.receipts()))
                .hasSize(2)
                .allSatisfy(it -> assertThat(it).startsWith("00-" + TRACE));
    }

    @Test
    @Order(3)
    void tellsTheRecoveryInTheSameThread() throws Exception {
        publish(transition(3, TransitionKind.RECOVERED, Outcome.FAIL, Outcome.PASS, "d2"));

        await().atMost(PATIENCE)
                .until(() -> MAIL.getReceivedMessages().length == 2
                        && SLACK.calls("payments").size() == 2);
        assertThat(MAIL.getReceivedMessages()[1].getHeader("In-Reply-To"))
                .isEqualTo(MAIL.getReceivedMessages()[0].getHeader("Message-ID"));
    }

    @Test
    @Order(4)
    void goesOnBehindARecordThatCannotBeRead() {
        producer.sendAndWait(new ProducerRecord<>(
                topics.transitions().name(), 0, PAYMENTS.getBytes(UTF_8), "not avro".getBytes(UTF_8)));
        producer.sendAndWait(new ProducerRecord<>(
                topics.transitions().name(), 1, PAYMENTS.getBytes(UTF_8), new byte[] {0, 0, 0, 0, 1}));
        producer.sendAndWait(new ProducerRecord<>(topics.transitions().name(), 0, null, null));
        publish(transition(4, TransitionKind.REGRESSED, Outcome.PASS, Outcome.FAIL, "d3"));

        await().atMost(PATIENCE).until(() -> MAIL.getReceivedMessages().length == 3);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLetters())
                        .hasSize(2)
                        .allSatisfy(it -> assertThat(it.getReason()).isEqualTo("UNREADABLE"))
                        .anySatisfy(it -> assertThat(UTF_8.decode(it.getValue()).toString())
                                .isEqualTo("not avro")));
    }

    @Test
    @Order(5)
    void answersWhySomebodyWasTold() {
        var all = ask("/api/v1/notifications?entity=" + PAYMENTS, 200).path("notifications");
        assertThat(all).hasSize(3);
        assertThat(all.get(2).path("state").asString()).isEqualTo("SENT");
        assertThat(all.get(2).path("owner").asString()).isEqualTo(TEAM);
        assertThat(all.get(2).path("routedBecause").asString()).isEqualTo("OWNER");
        assertThat(all.get(1).path("routedBecause").asString()).isEqualTo("THREAD");
        assertThat(all.get(2).path("holds")).singleElement().satisfies(it -> {
            assertThat(it.path("reason").asString()).isEqualTo("GROUPING");
            assertThat(it.path("since").asString()).isLessThan(it.path("until").asString());
            assertThat(it.path("silence").isNull()).isTrue();
        });
        assertThat(all.get(2).path("transitions").get(0).path("deliveryId").asString())
                .isEqualTo("d1");
        assertThat(all.get(2).path("deliveries")).hasSize(2);
        assertThat(all.toString()).doesNotContain("team@acme.example").doesNotContain("/services/");
        assertThat(ask("/api/v1/notifications?state=failed", 200).path("notifications"))
                .isEmpty();
        assertThat(ask("/api/v1/notifications?owner=" + TEAM + "&state=sent", 200)
                        .path("notifications"))
                .hasSize(3);

        var page = ask("/api/v1/notifications?limit=2", 200);
        assertThat(page.path("notifications")).hasSize(2);
        var rest =
                ask("/api/v1/notifications?limit=2&before=" + page.path("next").asString(), 200);
        assertThat(rest.path("notifications")).hasSize(1);
        assertThat(rest.path("next").isNull()).isTrue();
    }

    @Test
    @Order(6)
    void answersWhySomebodyWasNotTold() {
        var baseline = transition(5, TransitionKind.BASELINE, Outcome.FAIL, Outcome.FAIL, "d4");
        publish(baseline);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask("/api/v1/notifications?transition=" + baseline.getId(), 200)
                                .path("notifications"))
                        .singleElement()
                        .satisfies(it -> {
                            assertThat(it.path("state").asString()).isEqualTo("SUPPRESSED");
                            assertThat(it.path("reason").asString()).isEqualTo("BASELINE");
                            assertThat(it.path("transitions")).hasSize(1);
                        }));
    }

    @Test
    @Order(7)
    void answersNobodyWithoutAToken() throws Exception {
        assertThat(get("/api/v1/notifications", null).statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/notifications", "wrong").statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/notifications?limit=0", token()).statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/notifications?state=lost", token()).statusCode())
                .isEqualTo(400);
        assertThat(get("/api/v1/notifications?before=x", token()).statusCode()).isEqualTo(400);
    }

    @Test
    @Order(8)
    void countsWhatItDoesWithClosedLabels() throws Exception {
        var port = service.getEnvironment().getProperty("local.management.port");
        var metrics = HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();

        assertThat(metrics)
                .contains("muster_notifier_transitions_total{decision=\"grouped\",reason=\"REGRESSION\"}")
                .contains("muster_notifier_transitions_total{decision=\"suppressed\",reason=\"BASELINE\"}")
                .contains("muster_notifier_transitions_total{decision=\"duplicate\",reason=\"none\"}")
                .contains("muster_notifier_attempts_total{channel=\"email\",outcome=\"accepted\",reason=\"none\"}")
                .contains("muster_notifier_deliveries_waiting{channel=\"slack\"} 0.0")
                .contains("muster_notifier_receipts_total");
        assertThat(HTTP.send(
                                HttpRequest.newBuilder(
                                                URI.create("http://localhost:" + port + "/actuator/health/readiness"))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(9)
    void losesNothingWhileTheDatabaseIsGone() {
        POSTGRES.kill();
        publish(transition(6, TransitionKind.RECOVERED, Outcome.FAIL, Outcome.PASS, "d5"));
        var behind = MAIL.getReceivedMessages().length;
        POSTGRES.restart();

        await().atMost(PATIENCE).until(() -> MAIL.getReceivedMessages().length == behind + 1);
        assertThat(deadLetters()).as("nothing is given up").hasSize(2);
    }

    @Test
    @Order(10)
    void forgetsAnEntityThatIsDeleted() {
        producer.sendAndWait(
                topics.catalog(), TEAM, null, CloudEventHeaders.of("c2", "/t", "t", Instant.now(), TEAM, null));

        await().atMost(PATIENCE)
                .until(() -> db().sql("select count(*) from catalog")
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    @Test
    @Order(11)
    void goesOnBehindATransitionWhoseTimeCannotBe() {
        for (var at : List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE)) {
            publish(Transition.newBuilder(transition(1, TransitionKind.BASELINE, Outcome.FAIL, Outcome.FAIL, "d-time"))
                    .setId("at" + at)
                    .setEntity("component:default/untimed")
                    .setAt(Instant.ofEpochMilli(at))
                    .build());
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask("/api/v1/notifications?entity=component:default/untimed", 200)
                                .path("notifications"))
                        .hasSize(3));
    }

    @Test
    @Order(12)
    void remindsOfAnExemptionAndSaysSoToWhoAsks() {
        declare(entity(TEAM, "Group").setEmail("team@acme.example").build());
        declare(entity(PAYMENTS, "Component").setOwner(TEAM).build());
        publish(topics.scorecards(), Declared.SCORECARD, Declared.scorecard(1, Instant.now()));
        var began = Instant.now().minus(Duration.ofDays(20));
        var exemption = Declared.after(Declared.requested("e1", Duration.ofDays(1)), StepKind.APPROVED, "ann", began);
        exemption = Exemption.newBuilder(exemption)
                .setExpiresAt(began.plus(Duration.ofDays(21)))
                .build();
        var behind = MAIL.getReceivedMessages().length;
        publish(topics.exemptions(), "e1", exemption);

        await().atMost(PATIENCE).until(() -> MAIL.getReceivedMessages().length == behind + 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receipts())
                        .filteredOn(it -> it.getTransitionIds().isEmpty())
                        .singleElement()
                        .satisfies(it -> assertThat(it.getEntities()).containsExactly(PAYMENTS)));
        var told = ask("/api/v1/notifications?limit=1&entity=" + PAYMENTS, 200)
                .path("notifications")
                .get(0);
        assertThat(told.path("kind").asString()).isEqualTo("REMINDER");
        assertThat(told.path("transitions")).isEmpty();
        assertThat(told.path("reminders").get(0).path("kind").asString()).isEqualTo("EXEMPTION_ENDS");
        assertThat(told.path("reminders").get(0).path("rule").asString()).isEqualTo(Declared.VULNERABILITIES);
        assertThat(told.path("reminders").get(0).path("dropped").asBoolean()).isFalse();
    }

    @Test
    @Order(13)
    void goesOnBehindDeclarationsThatCannotBe() {
        var attestation = Declared.attestation("a1", Duration.ofDays(90));
        publish(
                topics.attestations(),
                "a0",
                Attestation.newBuilder(attestation).setSteps(List.of()).build());
        publish(
                topics.attestations(),
                "a0",
                Attestation.newBuilder(attestation)
                        .setExpiresAt(Instant.ofEpochMilli(Long.MAX_VALUE))
                        .build());
        publish(topics.attestations(), "a0", null);
        publish(topics.exemptions(), "e0", null);
        publish(topics.scorecards(), "gone", null);
        publish(topics.attestations(), "a0", attestation);

        await().atMost(PATIENCE)
                .until(() -> db().sql("select count(*) from reminders where subject = 'a1'")
                                .query(Integer.class)
                                .single()
                        == 1);
        assertThat(deadLetters())
                .extracting(DeadLetter::getReason)
                .endsWith("PROCESSING_FAILED", "INVALID")
                .hasSize(4);
    }

    @Test
    @Order(14)
    void letsOperatorsTryDestinationsAndWhatFailedThere() throws Exception {
        assertThat(ask("/v1/destinations", 200)
                        .path("destinations")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("payments-alerts");
        assertThat(post("/v1/destinations/payments-alerts/test", "wrong").statusCode())
                .isEqualTo(401);
        var tested = post("/v1/destinations/payments-alerts/test", token());
        assertThat(tested.statusCode()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(tested.body()).path("outcome").asString())
                .isEqualTo("SENT");
        assertThat(post("/v1/destinations/nobody/test", token()).statusCode()).isEqualTo(404);
        assertThat(JsonMapper.shared()
                        .readTree(post("/v1/destinations/test?name=" + TEAM, "payments-editor")
                                .body())
                        .path("outcome")
                        .asString())
                .as("the mail of a team")
                .isEqualTo("ACCEPTED");
        assertThat(post("/v1/destinations/test?name=" + TEAM, "others-editor").statusCode())
                .isEqualTo(403);
        assertThat(post("/v1/notifications/nothing/redrive", token()).statusCode())
                .isEqualTo(404);
        assertThat(post("/v1/notifications/redrive?destination=payments-alerts", token())
                        .statusCode())
                .isEqualTo(409);
        assertThat(get("/v1/destinations", null).statusCode()).isEqualTo(401);
    }

    @Test
    @Order(15)
    void endsMailOnlyWhenSomebodySaysSo() throws Exception {
        var link = new dev.muster.notifier.email.TestLinks("https://muster.acme.example", LINK_SECRET)
                .to("x@acme.example");

        assertThat(get(link, null).statusCode()).isEqualTo(200);
        assertThat(get(link + "x", null).statusCode()).isEqualTo(404);
        assertThat(unsubscribed()).as("to look changes nothing").isZero();

        for (var type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=b")) {
            db().sql("delete from unsubscribed").update();
            assertThat(oneClick(link, type).statusCode()).as(type).isEqualTo(200);
            assertThat(unsubscribed()).as(type).isEqualTo(1);
        }
        assertThat(post(link, null).statusCode()).isEqualTo(200);
        assertThat(unsubscribed()).isEqualTo(1);
        assertThat(get("/v1/unsubscribed?address=X@acme.example", token()).body())
                .isEqualTo("{\"unsubscribed\":true}");

        assertThat(post(link + "&lasting=MONTH&reason=%20we%20read%20the%0Achannel%20", null)
                        .body())
                .contains("It comes again in 30 days.");
        assertThat(unsubscribed()).as("the last wish counts").isEqualTo(1);
        assertThat(get("/v1/unsubscribed?address=x@acme.example", token()).body())
                .contains("\"unsubscribed\":true", "\"until\":\"", "\"reason\":\"we read the channel\"");
        assertThat(post(link + "&lasting=EVER", null).statusCode()).isEqualTo(400);

        db().sql("update unsubscribed set until = now() - interval '1 second'").update();
        assertThat(get("/v1/unsubscribed?address=x@acme.example", token()).body())
                .isEqualTo("{\"unsubscribed\":false}");

        assertThat(post(link, null).statusCode()).isEqualTo(200);
        assertThat(get("/v1/unsubscribed?address=y@acme.example", token()).body())
                .isEqualTo("{\"unsubscribed\":false}");
        assertThat(get("/v1/unsubscribed?address=x@acme.example", null).statusCode())
                .isEqualTo(401);
    }

    @Test
    @Order(16)
    void tellsHowAnOwnerIsToldAndWhatSaysSo() throws Exception {
        var own =
                JsonMapper.shared().readTree(get("/v1/owners/" + TEAM, token()).body());

        assertThat(own.path("known").asBoolean()).isTrue();
        assertThat(own.path("digest").asString()).isEqualTo("IMMEDIATE");
        assertThat(own.path("destinations")
                        .valueStream()
                        .map(it -> it.path("from").asString() + " "
                                + it.path("name").asString()))
                .contains("profile " + TEAM);
        assertThat(get("/v1/owners/group:default/nobody", token()).body()).contains("\"known\":false");
        assertThat(get("/v1/owners/" + TEAM, null).statusCode()).isEqualTo(401);
    }

    @Test
    @Order(16)
    void letsMembersSayByPageHowTheirTeamIsTold() throws Exception {
        var path = "/v1/owners/" + TEAM + "/preferences";
        var said = "{\"quietHours\":\"02:00-03:00\",\"digest\":\"immediate\"}";
        assertThat(send("PUT", path, "others-editor", said).statusCode()).isEqualTo(403);
        assertThat(send("PUT", path, null, said).statusCode()).isEqualTo(401);
        var wrong = send("PUT", path, "payments-editor", "{\"digest\":\"sometimes\"}");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("\"path\":\"digest\"", "immediate, hourly, daily or weekly");
        assertThat(send("PUT", "/v1/owners/group:default/nobody/preferences", token(), said)
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/v1/owners/" + TEAM, token()).body()).doesNotContain("changedBy\":\"");

        var own = JsonMapper.shared()
                .readTree(send("PUT", path, "payments-editor", said).body());

        assertThat(own.path("changedBy").asString()).isEqualTo("editor");
        assertThat(own.path("digestFrom").asString()).isEqualTo("page");
        assertThat(send("DELETE", path, "others-editor", "").statusCode()).isEqualTo(403);
        assertThat(send("DELETE", path, "payments-editor", "").statusCode()).isEqualTo(200);
        assertThat(get("/v1/owners/" + TEAM, token()).body()).contains("\"digestFrom\":\"default\"");
    }

    private static int unsubscribed() {
        return db().sql("select count(*) from unsubscribed")
                .query(Integer.class)
                .single();
    }

    /// As a mail program says it (RFC 8058, 3.2).
    private static HttpResponse<String> oneClick(String path, String type) throws Exception {
        var body = type.startsWith("multipart")
                ? "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"
                : "List-Unsubscribe=One-Click";
        var request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + service.getEnvironment().getProperty("local.server.port") + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, @Nullable String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + service.getEnvironment().getProperty("local.server.port") + path))
                .POST(HttpRequest.BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static Entity.Builder entity(String ref, String kind) {
        return Entity.newBuilder()
                .setRef(ref)
                .setKind(kind)
                .setNamespace("default")
                .setName(ref.substring(ref.indexOf('/') + 1))
                .setAppliedAt(Instant.now())
                .setAppliedBy("test")
                .setDeliveryId("c3")
                .setDigest("3");
    }

    private static <V extends SpecificRecord> void publish(
            dev.muster.schemas.Topic<String, V> topic, String key, @Nullable V value) {
        producer.sendAndWait(topic, key, value, CloudEventHeaders.of("c4", "/t", "t", Instant.now(), key, null));
    }

    private static JdbcClient db() {
        return service.getBean(JdbcClient.class);
    }

    @Test
    @Order(14)
    void keepsSilencesOfWhoMayWithTheirWholeStory() throws Exception {
        var end = Instant.now().plus(Duration.ofHours(1));
        var theirs = silence("owner", TEAM, end);
        var others = silence("owner", "group:default/others", end);
        assertThat(send("POST", "/api/v1/silences", null, theirs).statusCode()).isEqualTo(401);
        assertThat(send("POST", "/api/v1/silences", "just-a-viewer", theirs).statusCode())
                .isEqualTo(403);
        assertThat(send("POST", "/api/v1/silences", "payments-editor", others).statusCode())
                .isEqualTo(403);
        assertThat(send("POST", "/api/v1/silences", "payments-editor", silence("owner", "group:*/pay*", end))
                        .statusCode())
                .isEqualTo(403);
        assertThat(ask("/api/v1/silences", 200).path("silences")).isEmpty();
        var refused = send("POST", "/api/v1/silences", token(), "{\"matchers\":{\"onwer\":\"x\"}}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("matchers.onwer", "did you mean 'owner'?");
        assertThat(send("POST", "/api/v1/silences", token(), "{").statusCode()).isEqualTo(400);

        var made = send("POST", "/api/v1/silences", "payments-editor", theirs);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var id = JsonMapper.shared().readTree(made.body()).path("id").asString();
        var byAdmin = JsonMapper.shared()
                .readTree(send("POST", "/api/v1/silences", token(), others).body())
                .path("id")
                .asString();
        assertThat(send("DELETE", "/api/v1/silences/" + byAdmin, "payments-editor", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(ask("/api/v1/silences?state=active", 200).path("silences")).hasSize(2);

        assertThat(send("DELETE", "/api/v1/silences/" + id, token(), "").statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", "/api/v1/silences/" + id, token(), "").statusCode())
                .isEqualTo(409);
        var story = ask("/api/v1/silences/" + id, 200);
        assertThat(story.path("state").asString()).isEqualTo("EXPIRED");
        assertThat(story.path("owner").asString()).isEqualTo("editor");
        assertThat(story.path("endedBy").asString()).isEqualTo("admin");
        assertThat(story.path("reason").asString()).isEqualTo("planned work");
        assertThat(ask("/api/v1/silences/none", 404).path("type").asString()).endsWith("not-found");
        assertThat(get("/api/v1/silences?state=x", token()).statusCode()).isEqualTo(400);
    }

    @Test
    @Order(16)
    void keepsADeadLetterOfWhatCouldNotBeDeliveredWithAllThatARedriveNeeds() throws Exception {
        declare(entity(TEAM, "Group")
                .setEmail("team@acme.example")
                .setAnnotations(Map.of("muster.dev/slack-webhook", "payments-alerts"))
                .build());
        SLACK.answer("payments", new FakeSlack.Reply(404, Map.of(), "no_team", false));
        var transition = transition(16, TransitionKind.REGRESSED, Outcome.PASS, Outcome.FAIL, "d16");
        publish(transition);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(undelivered()).hasSize(1));
        var letter = undelivered().getFirst();
        var key = letter.key();
        assertThat(ask("/api/v1/notifications?transition=" + transition.getId(), 200)
                        .path("notifications")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(key);
        assertThat(letter.value().getService()).isEqualTo("notifier");
        assertThat(letter.value().getMessage())
                .contains("did not reach slack destination 'payments-alerts': GONE after 1 attempts")
                .contains("./muster notifications redrive " + key + " --destination payments-alerts");
        var value = JsonMapper.shared()
                .readTree(UTF_8.decode(letter.value().getValue()).toString());
        assertThat(value.path("destination").asString()).isEqualTo("payments-alerts");
        assertThat(value.path("message").path("headline").asString()).contains("regressed");
        assertThat(value.toString()).doesNotContain("@acme.example").doesNotContain("/services/");
        assertThat(header(letter, CloudEventHeaders.CORRELATION_ID)).isEqualTo("d16");

        // As if the service had died between Kafka's answer and the ledger's.
        db().sql("update receipts set published_at = null where body ->> 'state' = 'FAILED' and notification_id = :id")
                .param("id", key)
                .update();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(undelivered()).hasSize(2));
        assertThat(undelivered())
                .as("the same letter, which whoever reads it can tell")
                .extracting(it -> header(it, "ce_id"))
                .containsOnly(header(letter, "ce_id"));

        for (var path : List.of(key + "/redrive", "redrive?destination=payments-alerts")) {
            assertThat(post("/v1/notifications/" + path, "others-editor").statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        var redriven =
                post("/v1/notifications/%s/redrive?destination=payments-alerts".formatted(key), "payments-editor");
        assertThat(redriven.statusCode()).isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask("/api/v1/notifications?transition=" + transition.getId(), 200)
                                .path("notifications")
                                .get(0)
                                .path("deliveries")
                                .toString())
                        .contains("SENT"));
        assertThat(undelivered()).as("one letter a failure").hasSize(2);
    }

    @Test
    @Order(17)
    void snoozesByTheLinkInAMessageWithoutAToken() throws Exception {
        var call = SLACK.calls("payments").getLast().body();
        var link = java.util.regex.Pattern.compile("/v1/snooze\\?t=[\\w.-]+").matcher(call);
        assertThat(link.find()).isTrue();

        var page = get(link.group(), null);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body()).contains("Snooze this for 1 day?");
        assertThat(ask("/api/v1/silences", 200).toString()).doesNotContain("slack/payments-alerts");

        assertThat(post(link.group(), null).statusCode()).isEqualTo(200);
        assertThat(ask("/api/v1/silences?state=active", 200)
                        .path("silences")
                        .get(0)
                        .path("owner")
                        .asString())
                .isEqualTo("slack/payments-alerts");
        assertThat(post(link.group() + "x", null).statusCode()).isEqualTo(404);
    }

    @Test
    @Order(18)
    void letsEditorsActForTheirOwnTeamsOnly() throws Exception {
        var sent = SLACK.calls("payments").size();
        assertThat(post("/v1/destinations/payments-alerts/test", "others-editor")
                        .statusCode())
                .isEqualTo(403);
        assertThat(SLACK.calls("payments")).hasSize(sent);
        assertThat(post("/v1/destinations/payments-alerts/test", "payments-editor")
                        .statusCode())
                .isEqualTo(200);

        assertThat(post("/v1/destinations/release?name=" + TEAM, "others-editor")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/v1/destinations/release?name=" + TEAM, "payments-editor")
                        .statusCode())
                .as("they may, and there is nothing to release")
                .isEqualTo(404);

        var links = new dev.muster.notifier.email.TestLinks("https://muster.acme.example", LINK_SECRET);
        assertThat(post(links.to("team@acme.example"), null).statusCode()).isEqualTo(200);
        var before = unsubscribed();
        var again = "/v1/unsubscribed?address=Team@acme.example";
        assertThat(send("DELETE", again, "others-editor", "").statusCode()).isEqualTo(403);
        assertThat(unsubscribed()).isEqualTo(before);
        assertThat(send("DELETE", again, "payments-editor", "").statusCode()).isEqualTo(204);
        assertThat(unsubscribed()).isEqualTo(before - 1);
    }

    @Test
    @Order(19)
    void tellsTheAuditTrailWhatPeopleDid() throws Exception {
        db().sql("""
                        insert into troubles (lane, failures, broken, reason, detail, since, last_at, refused)
                        values ('email/team@acme.example', 3, true, 'GONE', 'no such user', now(), now(), 3)
                        """).update();
        assertThat(post("/v1/destinations/release?name=" + TEAM, "payments-editor")
                        .statusCode())
                .isEqualTo(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(read(topics.audit()).stream()
                                .map(it -> it.getActor() + " " + it.getAction())
                                .distinct())
                        .containsExactlyInAnyOrder(
                                "editor silence.made",
                                "admin silence.made",
                                "admin silence.ended",
                                "slack/payments-alerts silence.made",
                                "editor preferences.set",
                                "link in a mail mail.unsubscribed",
                                "editor mail.resubscribed",
                                "admin destination.tested",
                                "editor destination.tested",
                                "editor destination.released",
                                "editor notification.redriven"));
        assertThat(records(topics.audit()))
                .allSatisfy(it -> {
                    assertThat(it.key()).isEqualTo(it.value().getEntity());
                    assertThat(header(it, "ce_id")).isEqualTo(it.value().getRequestId());
                    assertThat(it.value().toString()).doesNotContain("@acme.example");
                })
                .filteredOn(it -> it.value().getAction().startsWith("silence.")
                        && List.of("editor", "admin").contains(it.value().getActor()))
                .extracting(it -> it.value().getEntity()
                        + " " + it.value().getBefore() + " "
                        + it.value().getAfter())
                .containsExactlyInAnyOrder(
                        TEAM + " null active", "group:default/others null active", TEAM + " active expired");
        assertThat(read(topics.audit()))
                .filteredOn(it -> it.getActor().equals("slack/payments-alerts"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.getEntity()).isEqualTo(PAYMENTS);
                    assertThat(it.getRule()).isEqualTo(VULNERABILITIES);
                    assertThat(it.getComment()).contains("Snoozed for 1 day by the link in a message", "until");
                });
    }

    private static List<ConsumerRecord<String, DeadLetter>> undelivered() {
        return records(topics.deadLetters()).stream()
                .filter(it -> it.value().getReason().equals("NOT_DELIVERED"))
                .toList();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static String silence(String field, String value, Instant end) {
        return "{\"matchers\":{\"%s\":\"%s\"},\"reason\":\"planned work\",\"endsAt\":\"%s\"}"
                .formatted(field, value, end);
    }

    private static HttpResponse<String> send(String method, String path, String token, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + service.getEnvironment().getProperty("local.server.port") + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String token() {
        return "hunter2-hunter2-hunter2-hunter2";
    }

    private static HttpResponse<String> get(String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + service.getEnvironment().getProperty("local.server.port") + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode ask(String path, int status) {
        try {
            var answer = get(path, token());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            return JsonMapper.shared().readTree(answer.body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void declare(Entity entity) {
        producer.sendAndWait(
                topics.catalog(),
                entity.getRef(),
                entity,
                CloudEventHeaders.of("c1", "/t", "t", Instant.now(), entity.getRef(), null));
    }

    private static void publish(Transition it) {
        var headers = CloudEventHeaders.of(it.getId(), "/muster/evaluator", "t", it.getAt(), it.getEntity(), "d1");
        headers.add("traceparent", PARENT.getBytes(UTF_8));
        producer.sendAndWait(topics.transitions(), it.getEntity(), it, headers);
    }

    private static Transition transition(
            long version, TransitionKind kind, Outcome before, Outcome after, String delivery) {
        return Transition.newBuilder()
                .setId("t" + version)
                .setEntity(PAYMENTS)
                .setScorecard("production-readiness")
                .setScorecardTitle("Production readiness")
                .setScorecardVersion(1)
                .setVersion(version)
                .setKind(kind)
                .setAt(Instant.now())
                .setBefore(standing(before))
                .setAfter(standing(after))
                .setChanges(List.of(RuleChange.newBuilder()
                        .setRule(VULNERABILITIES)
                        .setTitle("No critical vulnerability is open")
                        .setLevel("bronze")
                        .setBefore(before)
                        .setAfter(after)
                        .setMessage("1 critical vulnerability is open (max 0)")
                        .setRemediation("https://runbooks.acme.example/vulnerabilities")
                        .build()))
                .setCause(Cause.newBuilder()
                        .setKind(CauseKind.FACT)
                        .setSource("github")
                        .setDeliveryId(delivery)
                        .setAt(Instant.now())
                        .setScorecardVersion(1)
                        .setBaseline(kind == TransitionKind.BASELINE)
                        .build())
                .setOwner(TEAM)
                .build();
    }

    private static Standing standing(Outcome outcome) {
        return Standing.newBuilder()
                .setLevel(outcome == Outcome.PASS ? "silver" : null)
                .setScore(50)
                .setCoverage(100)
                .setOutcomes(Map.of(VULNERABILITIES, outcome))
                .build();
    }

    private static List<Receipt> receipts() {
        return read(topics.receipts());
    }

    private static List<DeadLetter> deadLetters() {
        return read(topics.deadLetters());
    }

    private static <V extends SpecificRecord> List<V> read(dev.muster.schemas.Topic<String, V> topic) {
        return records(topic).stream().map(ConsumerRecord::value).toList();
    }

    private static List<String> traces(dev.muster.schemas.Topic<String, ?> topic) {
        return records(topic).stream()
                .map(it -> CloudEventHeaders.traceParent(it.headers()))
                .toList();
    }

    private static <V extends SpecificRecord> List<ConsumerRecord<String, V>> records(
            dev.muster.schemas.Topic<String, V> topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        TestBroker.shared().bootstrapServers(),
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                topic.value().deserializer())) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(it -> new TopicPartition(topic.name(), it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var all = new ArrayList<ConsumerRecord<String, V>>();
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }
}

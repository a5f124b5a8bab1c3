package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// `POST /v1/events`, from the outside, against a real broker and registry.
class EventsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String STRUCTURED = "application/cloudevents+json";

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

    private static HttpResponse<String> structured(String event) {
        return http.send(
                http.withToken("/v1/events").header("Content-Type", STRUCTURED).POST(BodyPublishers.ofString(event)));
    }

    private static HttpRequest.Builder binary(String id, String type, String data) {
        return http.withToken("/v1/events")
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/tests")
                .header("ce-type", type)
                .POST(BodyPublishers.ofString(data));
    }

    private static String told(String id, String repository) {
        return """
                {"specversion":"1.0","id":"%s","source":"/tests","type":"dev.muster.facts.told.v1",
                "subject":"repo:github.com/acme/%s","time":"2026-05-01T10:00:00Z",
                "data":{"fact":"coverage","value":{"newCode":81.5}}}
                """.formatted(id, repository);
    }

    private static String deliveryId(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("deliveryId").stringValue();
    }

    private static List<Delivery> journalled(String deliveryId) {
        return records.all(topics.deliveries()).stream()
                .filter(it -> it.key().equals("events/" + deliveryId))
                .map(ConsumerRecord::value)
                .toList();
    }

    private static List<ConsumerRecord<String, FactsObserved>> factsOf(String deliveryId) {
        return records.all(topics.facts()).stream()
                .filter(it -> it.value().getOrigin().getDeliveryId().equals(deliveryId))
                .toList();
    }

    @Test
    void journalsAStructuredEventAndTurnsItIntoFacts() {
        var id = deliveryId(structured(told("one", "evented")));

        assertThat(journalled(id)).singleElement().satisfies(delivery -> {
            assertThat(delivery.getSource()).isEqualTo("cloudevents");
            assertThat(UTF_8.decode(delivery.getBody()).toString()).isEqualTo(told("one", "evented"));
        });
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(factsOf(id)).singleElement().satisfies(facts -> {
                    assertThat(facts.key()).isEqualTo("repo:github.com/acme/evented");
                    assertThat(CloudEventHeaders.correlationId(facts.headers())).isEqualTo(id);
                    assertThat(facts.value().getOrigin().getSource()).isEqualTo("cloudevents");
                    assertThat(facts.value().getChanges())
                            .extracting(FactChange::getFact, FactChange::getSourceTime)
                            .containsExactly(tuple("coverage", Instant.parse("2026-05-01T10:00:00Z")));
                }));
    }

    @Test
    void journalsABinaryEventWithItsAttributes() {
        var id = deliveryId(http.send(binary("two", "dev.cdevents.service.deployed.0.2.0", """
                        {"context":{"timestamp":"2026-05-01T10:00:00Z"},"subject":{"id":"evented",
                        "content":{"environment":{"id":"production"},"artifactId":"pkg:oci/evented@1.4.0"}}}
                        """)
                .header("ce-subject", "Z%C3%BCrich")
                .header("X-Muster-Subject", "entity:component:default/evented")
                .header("X-Stranger", "x")));

        assertThat(journalled(id)).singleElement().satisfies(delivery -> {
            assertThat(delivery.getSource()).isEqualTo("cdevents");
            assertThat(delivery.getHeaders())
                    .containsEntry("ce-subject", "Zürich")
                    .containsEntry("ce-id", "two")
                    .containsEntry("x-muster-subject", "entity:component:default/evented")
                    .doesNotContainKeys("x-stranger", "authorization");
        });
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(factsOf(id))
                        .extracting(ConsumerRecord::key)
                        .containsExactly("entity:component:default/evented"));
    }

    @Test
    void givesTheSameEventTheSameId() {
        var first = deliveryId(structured(told("same", "evented-twice")));

        assertThat(deliveryId(structured(told("same", "evented-twice")))).isEqualTo(first);
        assertThat(deliveryId(http.send(binary("same", "dev.muster.facts.told.v1", "{}"))))
                .isEqualTo(first);
        assertThat(deliveryId(structured(told("another", "evented-twice")))).isNotEqualTo(first);
    }

    @Test
    void takesWhatNobodyReads() {
        assertThat(deliveryId(http.send(binary("three", "com.acme.order.created", "{\"order\":7}"))))
                .startsWith("ce-");
    }

    @Test
    void namesEveryMistakeAndJournalsNothing() {
        var answer = structured("{\"specversion\":\"0.3\",\"id\":\"wrong\",\"source\":\"\",\"data\":7}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("errors").findValuesAsString("path"))
                .containsExactlyInAnyOrder("specversion", "source", "type", "data");
        assertThat(structured("{\"id\":").statusCode()).isEqualTo(400);
        assertThat(structured("[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(records.all(topics.deliveries()))
                .noneMatch(it -> UTF_8.decode(it.value().getBody().duplicate())
                        .toString()
                        .contains("wrong"));
    }

    @ParameterizedTest
    @CsvSource({
        "application/cloudevents-batch+json, send each event by itself",
        "application/cloudevents+avro, application/cloudevents+json",
        "text/csv, application/cloudevents+json"
    })
    void saysWhichFormatsItReads(String type, String allowed) {
        var answer = http.send(
                http.withToken("/v1/events").header("Content-Type", type).POST(BodyPublishers.ofString("[]")));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("/problems/unsupported-media-type", allowed);
    }

    @Test
    void asksForATokenThatMayChange() {
        var event =
                http.to("/v1/events").header("Content-Type", STRUCTURED).POST(BodyPublishers.ofString(told("x", "x")));

        assertThat(http.send(event).statusCode()).isEqualTo(401);
        assertThat(http.send(http.as(Http.EDITOR_TOKEN)
                                .withToken("/v1/events")
                                .header("Content-Type", STRUCTURED)
                                .POST(BodyPublishers.ofString(told("editor", "evented"))))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void letsNoEventTellWhatIsMustersOwn() {
        var id = deliveryId(structured("""
                {"specversion":"1.0","id":"exempt","source":"/tests","type":"dev.muster.facts.told.v1",
                "data":{"subject":"entity:component:default/payments","fact":"exemptions",
                "item":{"id":"e1","rule":"r","state":"approved","expires":"2026-12-31T00:00:00Z"}}}
                """));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(records.all(topics.deadLetters()))
                        .anyMatch(it -> it.value().getMessage().contains("'exemptions' is told by Muster alone")));
        assertThat(factsOf(id)).isEmpty();
    }

    @Test
    void countsByWhatBecameOfThem() {
        deliveryId(structured(told("counted", "evented")));
        structured("{}");
        var management = new Http(IngestContext.managementPort(context));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(management
                                .send(management.to("/actuator/prometheus").GET())
                                .body())
                        .contains("muster_ingest_declarations_total{kind=\"event\",outcome=\"applied\"}")
                        .contains("muster_ingest_declarations_total{kind=\"event\",outcome=\"refused\"}"));
    }
}

package dev.muster.portal.projection;

import static dev.muster.portal.Story.SCORECARD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.TopicNames;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Receipt;
import dev.muster.schemas.v1.ReceiptState;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.RuleOutcome;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.testkit.TestPostgres;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final Portal PORTAL = Portal.shared();

    private final Story story = new Story(PORTAL, MORNING);

    @Test
    void readsARecordOnceHoweverOftenItIsGiven() {
        var projector = PORTAL.bean(Projector.class);
        var sql = PORTAL.bean(DSLContext.class);
        var twice = List.of(recorded(77, "topic-test-a", 100, 1), recorded(77, "topic-test-a", 101, 2));

        projector.project(twice);
        projector.project(twice);
        projector.project(List.of(recorded(77, "topic-test-a", 100, 1)));

        assertThat(sql.fetchValue("select version from result where entity = 'component:default/topic-test-a'"))
                .isEqualTo(2L);
        assertThat(sql.fetchValue(
                        "select next_offset from projected_position where topic = ? and partition_id = 77",
                        TopicNames.RESULTS))
                .isEqualTo(102L);
    }

    @Test
    void writesALargeBatchInPieces() {
        var sql = PORTAL.bean(DSLContext.class);

        PORTAL.bean(Projector.class)
                .project(List.of(
                        large("piece-a", 100), large("piece-b", 101), large("piece-c", 102), large("piece-d", 103)));

        assertThat(sql.fetchValue("select count(*) from result where entity like 'component:default/piece-%'"))
                .isEqualTo(4L);
        assertThat(sql.fetchValue(
                        "select count(distinct xmin::text) from result where entity like 'component:default/piece-%'"))
                .as("transactions")
                .isEqualTo(2L);
        sql.execute("delete from result where entity like 'component:default/piece-%'");
    }

    @Test
    void endsAResultWithItsTombstoneAndShowsTheOneThatBeginsAnew() {
        var entity = Story.component("reborn", "group:default/x", 1);
        story.declare(entity);
        story.happen(null, Story.result(entity.getRef(), 5, "gold", MORNING, Map.of()), TransitionKind.BASELINE, null);
        var path = "/api/v1/entities/component:default/reborn/scorecards/" + SCORECARD;
        await().until(() -> PORTAL.get(path).statusCode() == 200);

        PORTAL.tell(PORTAL.topics().results(), entity.getRef() + "|" + SCORECARD, null);
        await().until(() -> PORTAL.get(path).statusCode() == 404);

        story.happen(
                null,
                Story.result(entity.getRef(), 1, "gold", MORNING.plusSeconds(5), Map.of()),
                TransitionKind.BASELINE,
                null);
        await().until(() -> PORTAL.json(path).path("version").asLong() == 1);
        PORTAL.tell(PORTAL.topics().catalog(), entity.getRef(), null);
        await().until(() ->
                PORTAL.get("/api/v1/entities/component:default/reborn").statusCode() == 404);
    }

    @Test
    void givesUpARecordThatNobodyCanReadAndGoesOn() {
        PORTAL.tellRaw(TopicNames.RESULTS, "component:default/garbled|x", "not in the wire format".getBytes(UTF_8));
        PORTAL.tellRaw(TopicNames.RECEIPTS, "garbled", new byte[] {0, 0, 0, 0, 99, 1, 2, 3});
        var entity = Story.component("after-garbage", "group:default/x", 1);
        for (int i = 0; i < 6; i++) {
            var one = Story.component("after-garbage-" + i, "group:default/x", 1);
            story.happen(null, Story.result(one.getRef(), 1, "gold", MORNING, Map.of()), TransitionKind.BASELINE, null);
        }
        story.declare(entity);

        await().untilAsserted(() -> {
            for (int i = 0; i < 6; i++) {
                assertThat(PORTAL.get("/api/v1/entities/component:default/after-garbage-" + i + "/scorecards/"
                                        + SCORECARD)
                                .statusCode())
                        .isEqualTo(200);
            }
            var letters = PORTAL.json("/api/v1/dead-letters?reason=UNREADABLE").path("items");
            assertThat(PORTAL.texts(letters, "topic")).contains(TopicNames.RESULTS, TopicNames.RECEIPTS);
            assertThat(PORTAL.texts(letters, "service")).contains("portal-service");
            assertThat(PORTAL.texts(letters, "key")).contains("component:default/garbled|x");
        });
    }

    @Test
    void keepsWhatPostgresWouldRefuse() {
        var entity = "component:default/nul\0byte";
        var result =
                Story.result("component:default/nul-message", 1, "gold", MORNING, Map.of("coverage", Outcome.FAIL));
        result.getRules().get(4).put("message", "a \0 b");
        story.happen(null, result, TransitionKind.BASELINE, null);
        PORTAL.tell(
                PORTAL.topics().receipts(),
                "nul",
                Receipt.newBuilder(receipt("nul")).setEntities(List.of(entity)).build());
        PORTAL.tell(
                PORTAL.topics().receipts(),
                "nul",
                Receipt.newBuilder(receipt("of-the-end-of-time"))
                        .setAt(Instant.ofEpochMilli(Long.MAX_VALUE))
                        .build());
        PORTAL.tell(PORTAL.topics().receipts(), "nul", receipt("after-nul"));

        await().untilAsserted(() -> {
            assertThat(PORTAL.json("/api/v1/entities/component:default/nul-message/scorecards/" + SCORECARD)
                            .path("rules")
                            .path(4)
                            .path("message")
                            .asString())
                    .isEqualTo("a \uFFFD b");
            assertThat(PORTAL.texts(PORTAL.json("/api/v1/receipts").path("items"), "notificationId"))
                    .contains("nul", "after-nul")
                    .doesNotContain("of-the-end-of-time");
            assertThat(PORTAL.texts(
                            PORTAL.json("/api/v1/dead-letters?reason=INVALID").path("items"), "topic"))
                    .contains(TopicNames.RECEIPTS);
        });
    }

    @Test
    void showsAnEntityWhoseTagsPostgresWouldRefuse() {
        var entity = Entity.newBuilder(Story.component("nul-tag", "group:default/x", 1))
                .setTags(List.of("a\0b"))
                .build();
        story.declare(entity);

        await().untilAsserted(() -> assertThat(PORTAL.json("/api/v1/entities/component:default/nul-tag")
                        .path("tags")
                        .toString())
                .isEqualTo("[\"a\uFFFDb\"]"));
    }

    @Test
    void givesUpARecordWithItsHeadersEvenWhenOneHasNoValue() {
        var headers = new RecordHeaders()
                .add("x-empty", null)
                .add(CloudEventHeaders.CORRELATION_ID, "d-garbled".getBytes(UTF_8));
        PORTAL.tellRaw(TopicNames.RESULTS, "with-headers|x", "garbled".getBytes(UTF_8), headers);

        await().untilAsserted(() -> assertThat(PORTAL.onTopic(TopicNames.DEAD_LETTERS))
                .filteredOn(it -> new String(it.key(), UTF_8).equals("with-headers|x"))
                .singleElement()
                .satisfies(it -> assertThat(CloudEventHeaders.correlationId(it.headers()))
                        .isEqualTo("d-garbled")));
    }

    @Test
    void writesOneByOneWhatPostgresTakesForTheSame() {
        var projector = PORTAL.bean(Projector.class);

        projector.project(List.of(recorded(78, "same\0", 200, 1), recorded(78, "same\uFFFD", 201, 2)));

        assertThat(PORTAL.bean(DSLContext.class)
                        .fetchValue("select version from result where entity = 'component:default/same\uFFFD'"))
                .isEqualTo(2L);
    }

    @Test
    void knowsWhatNobodyClaimsUntilSomebodyDoes() {
        PORTAL.tell(
                PORTAL.topics().facts(), "repo:github.com/acme/orphan", facts("repo:github.com/acme/orphan", "checks"));
        PORTAL.tell(
                PORTAL.topics().facts(),
                "repo:github.com/acme/orphan",
                facts("repo:github.com/acme/orphan", "reviews"));
        await().untilAsserted(() -> {
            var unclaimed =
                    PORTAL.json("/api/v1/subjects?unclaimed=true&limit=200").path("items");
            assertThat(PORTAL.texts(unclaimed, "subject")).contains("repo:github.com/acme/orphan");
        });

        story.declare(Story.component("orphan", "group:default/x", 1));

        await().untilAsserted(() -> {
            var claimed =
                    PORTAL.json("/api/v1/subjects?unclaimed=false&limit=200").path("items");
            assertThat(PORTAL.texts(claimed, "subject")).contains("repo:github.com/acme/orphan");
            assertThat(PORTAL.texts(
                            PORTAL.json("/api/v1/subjects?unclaimed=true&limit=200")
                                    .path("items"),
                            "subject"))
                    .doesNotContain("repo:github.com/acme/orphan");
            assertThat(claimed.toString()).contains("[\"checks\",\"reviews\"]").doesNotContain("do not keep");
        });
    }

    @Test
    void knowsThatANameWasGivenUpAndWhoseFactsTheyAreNow() {
        var old = "repo:github.com/acme/old-name";
        var now = "repo:github.com/acme/new-name";
        var gone = "repo:github.com/acme/gone";
        PORTAL.tell(PORTAL.topics().facts(), gone, whereabouts(gone, "{\"deleted\":true}", MORNING));
        PORTAL.tell(PORTAL.topics().facts(), now, facts(now, "checks"));
        PORTAL.tell(PORTAL.topics().facts(), old, whereabouts(old, "{\"movedTo\":\"" + now + "\"}", MORNING));
        PORTAL.tell(PORTAL.topics().facts(), old, whereabouts(old, "{}", MORNING.minusSeconds(5)));
        await().untilAsserted(() ->
                assertThat(subjects("unclaimed=true")).contains(now).doesNotContain(old, gone));

        var component = Entity.newBuilder(Story.component("old-name", "group:default/x", 1))
                .setClaims(List.of(old))
                .build();
        story.declare(component);

        await().untilAsserted(() -> assertThat(subjects("unclaimed=false")).contains(old, now));
        assertThat(subjects("unclaimed=true")).doesNotContain(now);
    }

    private static List<String> subjects(String query) {
        return PORTAL.texts(PORTAL.json("/api/v1/subjects?limit=200&" + query).path("items"), "subject");
    }

    private static FactsObserved whereabouts(String subject, String json, Instant at) {
        var observed = facts(subject, "whereabouts");
        var change = FactChange.newBuilder(observed.getChanges().getFirst())
                .setKind(FactChangeKind.SET)
                .setValue(json)
                .setSourceTime(at)
                .build();
        return FactsObserved.newBuilder(observed).setChanges(List.of(change)).build();
    }

    @Test
    void keepsThatADeliveryCameInAndNothingOfWhatWasInIt() {
        PORTAL.tell(
                PORTAL.topics().deliveries(),
                "github/delivery-1",
                Delivery.newBuilder()
                        .setId("delivery-1")
                        .setConnection("github")
                        .setSource("github")
                        .setReceivedAt(MORNING)
                        .setContentType("application/json")
                        .setHeaders(Map.of("x-github-event", "push"))
                        .setBody(ByteBuffer.wrap("{\"secret\":\"do not keep\"}".getBytes(UTF_8)))
                        .build());

        await().untilAsserted(() -> {
            var found = PORTAL.json("/api/v1/deliveries?id=delivery-1")
                    .path("items")
                    .path(0);
            assertThat(found.path("event").asString()).isEqualTo("push");
            assertThat(found.path("size").asInt()).isEqualTo(24);
        });
        var everything =
                PORTAL.bean(DSLContext.class).fetch("select * from delivery").toString();
        assertThat(everything).contains("delivery-1").doesNotContain("do not keep");
    }

    @Test
    void fillsAnEmptyReadModelFromTheBeginningAndGoesOnWhereAnotherEnded() {
        var entity = Story.component("rebuilt", "group:default/x", 1);
        story.declare(entity);
        var first = Story.result(entity.getRef(), 1, "gold", MORNING, Map.of());
        story.happen(null, first, TransitionKind.BASELINE, null);
        var path = "/api/v1/entities/component:default/rebuilt/scorecards/" + SCORECARD;
        await().until(() -> PORTAL.get(path).statusCode() == 200);
        var database = TestPostgres.shared().newDatabase();

        try (var another = Portal.another("rebuilt", database)) {
            await().until(() -> another.bean(CatchUp.class).done());
            assertThat(another.json(path).path("version").asLong()).isEqualTo(1);
        }
        story.happen(
                first,
                Story.result(entity.getRef(), 2, "silver", MORNING.plusSeconds(9), Map.of("on-call", Outcome.FAIL)),
                TransitionKind.REGRESSED,
                null);
        try (var restarted = Portal.another("rebuilt-later", database)) {
            await().until(() -> restarted.bean(CatchUp.class).done());
            assertThat(restarted.json(path).path("version").asLong()).isEqualTo(2);
            assertThat(restarted
                            .json("/api/v1/entities/component:default/rebuilt/history")
                            .path("items"))
                    .hasSize(2);
        }
    }

    @Test
    void isReadyOnceItHasCaughtUpAndSaysHowFarItIsBehind() {
        await().untilAsserted(() -> assertThat(
                        PORTAL.manage("/actuator/health/readiness").statusCode())
                .isEqualTo(200));
        PORTAL.tell(PORTAL.topics().receipts(), "measured", receipt("measured"));

        await().untilAsserted(
                        () -> assertThat(PORTAL.manage("/actuator/prometheus").body())
                                .contains(
                                        "muster_portal_lag{part=\"readiness\"}",
                                        "muster_portal_listeners",
                                        "muster_portal_projection_seconds_bucket{",
                                        "muster_portal_records_total{fate=\"applied\",topic=\"muster.receipts.v1\"}"));
    }

    @Test
    void emptiesWhatCameFromATopicThatWasMadeAnew() {
        var database = TestPostgres.shared().newDatabase();
        try (var another = Portal.another("anew", database)) {
            var projector = another.bean(Projector.class);
            var sql = another.bean(DSLContext.class);
            await().until(() -> another.bean(CatchUp.class).done());
            projector.project(List.of(recorded(77, "ghost", 7, 1)));

            projector.identify(TopicNames.RESULTS, "another-topic-of-that-name");

            assertThat(sql.fetchCount(sql.selectFrom("result"))).isZero();
            assertThat(sql.fetchCount(sql.selectFrom("projected_position").where("topic = ?", TopicNames.RESULTS)))
                    .isZero();
        }
    }

    /// More than half of a piece.
    private static Recorded<byte[]> large(String name, long offset) {
        var result = Story.result("component:default/" + name, 1, "gold", MORNING, Map.of());
        var rule = RuleOutcome.newBuilder(result.getRules().getFirst())
                .setMessage("x".repeat(600_000))
                .build();
        return recorded(
                79, offset, Result.newBuilder(result).setRules(List.of(rule)).build());
    }

    private static Recorded<byte[]> recorded(int partition, String name, long offset, long version) {
        return recorded(
                partition, offset, Story.result("component:default/" + name, version, "gold", MORNING, Map.of()));
    }

    private static Recorded<byte[]> recorded(int partition, long offset, Result result) {
        var topic = PORTAL.topics().results();
        return new Recorded<>(
                topic.name(),
                partition,
                offset,
                MORNING,
                (result.getEntity() + "|" + SCORECARD).getBytes(UTF_8),
                topic.value().serializer().serialize(topic.name(), result),
                Map.of());
    }

    private static FactsObserved facts(String subject, String fact) {
        return FactsObserved.newBuilder()
                .setSubject(subject)
                .setReceivedAt(MORNING)
                .setOrigin(Origin.newBuilder()
                        .setSource("github")
                        .setConnection("github")
                        .setDeliveryId("d-" + fact)
                        .build())
                .setChanges(List.of(FactChange.newBuilder()
                        .setFact(fact)
                        .setKind(FactChangeKind.UPSERT)
                        .setItem("1")
                        .setValue("{\"secret\":\"do not keep\"}")
                        .setSourceTime(MORNING)
                        .build()))
                .build();
    }

    private static Receipt receipt(String id) {
        return Receipt.newBuilder()
                .setNotificationId(id)
                .setChannel("email")
                .setDestination("payments-team")
                .setState(ReceiptState.SENT)
                .setAttempts(1)
                .setAt(MORNING)
                .setEntities(List.of("component:default/payments"))
                .build();
    }
}

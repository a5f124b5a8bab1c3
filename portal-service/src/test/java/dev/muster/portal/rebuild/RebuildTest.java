package dev.muster.portal.rebuild;

import static dev.muster.portal.Story.SCORECARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.v1.Outcome;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A broker of its own, since what stands on the topics is counted.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RebuildTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final String ADMIN = "Bearer a-test-token-of-some-length";
    private static final String LEDGER = "/api/v1/entities/component:default/ledger/scorecards/" + SCORECARD;
    private static final int MANY = Integer.getInteger("muster.rebuild.results", 4_000);

    private static TestBroker broker;
    private static Portal portal;
    private static DSLContext sql;

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
        portal = Portal.start(broker, TestPostgres.shared().newDatabase(), Map.of());
        sql = portal.bean(DSLContext.class);
        new Story(portal, MORNING).tellAll();
        portal.awaitTold();
    }

    @AfterAll
    static void stop() {
        portal.close();
        broker.close();
    }

    @Test
    @Order(1)
    void givesBackWhatTheTopicsSay() {
        var before = counts();
        var declared = sql.fetchValue("select count(*) from audit where kind <> 'portal'");
        sql.execute("update result set score = 1, level = 'gold' where entity = 'component:default/ledger'");
        sql.execute("delete from entity where ref = 'component:default/payments'");
        sql.execute("insert into claim (entity, subject) values ('component:default/nobody', 'repo:nothing')");

        var indexes = indexes();

        var done = rebuild();

        assertThat(done.state()).as(done.toString()).isEqualTo("done");
        assertThat(indexes()).hasSizeGreaterThan(60).isEqualTo(indexes);
        assertThat(done.records()).isPositive();
        assertThat(counts()).isEqualTo(before);
        assertThat(sql.fetchValue("select count(*) from audit where kind <> 'portal'"))
                .isEqualTo(declared);
        assertThat(portal.json(LEDGER).path("score").asInt()).isEqualTo(100);
        assertThat(portal.get("/api/v1/entities/component:default/payments").statusCode())
                .isEqualTo(200);
        assertThat(sql.fetch("select schema_name from information_schema.schemata")
                        .getValues(0, String.class))
                .contains("public")
                .doesNotContain("muster_next", "muster_before");
        assertThat(sql.fetch("""
                        select relnamespace::regnamespace::text || ' ' || relname from pg_class join pg_inherits on inhrelid = oid
                        where inhparent = 'transition'::regclass""").getValues(0, String.class))
                .hasSizeGreaterThan(12)
                .allMatch(it -> it.startsWith("public transition_"));
        assertThat(sql.fetchValue("select count(*) from transition_other")).isEqualTo(0L);
    }

    @Test
    @Order(2)
    void changesNothingWhenThereIsNothingToChange() {
        rebuild();
        var once = rows();
        rebuild();

        assertThat(rows()).isEqualTo(once);
    }

    @Test
    @Order(3)
    void goesOnWithWhatComesDuringAndAfterIt() {
        var told = new AtomicInteger();
        var stop = new AtomicBoolean();
        var writer = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                tell(told.incrementAndGet());
            }
        });
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(rebuild().state()).isEqualTo("done");
            }
        } finally {
            stop.set(true);
            joined(writer);
        }
        tell(told.incrementAndGet());

        await().untilAsserted(() ->
                assertThat(portal.json(LEDGER).path("version").asInt()).isEqualTo(1 + told.get()));
        assertThat(sql.fetchValue("select count(*) from transition where entity = 'component:default/ledger'"))
                .isEqualTo(1L + told.get());
    }

    @Test
    @Order(4)
    void answersAllTheTimeAndSaysHowFastItIs() {
        tellMany();
        await().untilAsserted(() -> assertThat(
                        sql.fetchValue("select count(*) from result where entity like 'component:many/%'"))
                .isEqualTo((long) MANY));
        var before = counts();
        var wrong = new ConcurrentLinkedQueue<String>();
        var answers = new AtomicInteger();
        var stop = new AtomicBoolean();
        var readers = List.<Supplier<String>>of(
                        () -> LEDGER,
                        () -> "/api/v1/scorecards/" + SCORECARD + "/report?groupBy=owner",
                        () -> "/api/v1/entities?limit=5",
                        () -> "/entities/component:default/ledger")
                .stream()
                .map(path -> Thread.ofPlatform().start(() -> {
                    while (!stop.get()) {
                        var answer = portal.get(path.get());
                        answers.incrementAndGet();
                        if (answer.statusCode() != 200) {
                            wrong.add(path.get() + " " + answer.statusCode() + " " + answer.body());
                        }
                        if (path.get().equals(LEDGER) && !answer.body().contains("\"score\":100")) {
                            wrong.add(answer.body());
                        }
                    }
                }))
                .toList();

        var done = rebuild();
        stop.set(true);
        readers.forEach(RebuildTest::joined);

        System.out.printf(
                "Rebuilt %d records, %d a second, while %d reads were answered%n",
                done.records(), done.perSecond(), answers.get());
        assertThat(done.state()).as(done.toString()).isEqualTo("done");
        assertThat(wrong).isEmpty();
        assertThat(answers).hasPositiveValue();
        assertThat(counts()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void isForAdminsAndShowsHowFarItIs() {
        assertThat(portal.post("/api/v1/rebuilds", "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(401);
        assertThat(portal.get("/api/v1/rebuilds/of-another-instance").statusCode())
                .isEqualTo(404);
        var status = portal.json("/api/v1/status");
        assertThat(status.path("caughtUp").asBoolean()).isTrue();
        assertThat(status.path("behind").propertyNames()).containsExactly("readiness", "trail");
        assertThat(status.path("rebuild").path("state").asString()).isEqualTo("done");
    }

    @Test
    @Order(6)
    void runsOnOneInstanceAtATime() {
        sql.connection(another -> {
            another.createStatement().execute("select pg_advisory_lock(" + SecondModel.ONE_AT_A_TIME + ")");
            var refused = begin();
            another.createStatement().execute("select pg_advisory_unlock(" + SecondModel.ONE_AT_A_TIME + ")");

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("A rebuild runs already");
        });
    }

    private static java.net.http.HttpResponse<String> begin() {
        return portal.post("/api/v1/rebuilds", "{}", "Authorization", ADMIN, "Content-Type", "application/json");
    }

    private static RebuildState rebuild() {
        var begun = begin();
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        var rebuilds = portal.bean(Rebuilds.class);
        await().atMost(java.time.Duration.ofMinutes(5))
                .until(() -> !rebuilds.last().orElseThrow().state().equals("running"));
        return rebuilds.last().orElseThrow();
    }

    /// What is indexed in which table, by which columns; the names of indexes do not matter.
    private static List<String> indexes() {
        return sql.fetch("""
                        select tablename || substring(indexdef from ' USING .*') from pg_indexes
                        where schemaname = 'public' order by 1""").getValues(0, String.class);
    }

    private static void tell(int number) {
        var story = new Story(portal, MORNING);
        var at = MORNING.plusSeconds(60L * 60 + number);
        story.happen(
                Story.result("component:default/ledger", number, "gold", at, Map.of()),
                Story.result("component:default/ledger", number + 1, "gold", at, Map.of()),
                dev.muster.schemas.v1.TransitionKind.CHANGED,
                Story.TEAM);
    }

    private static void tellMany() {
        var topic = portal.topics().results();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20, "batch.size", 500_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < MANY; i++) {
                var entity = "component:many/c" + i;
                var result = Story.result(entity, 1, "silver", MORNING, Map.of("coverage", Outcome.FAIL));
                var headers = CloudEventHeaders.of(entity, "/test", "test", Instant.EPOCH, entity, null);
                producer.send(new ProducerRecord<>(
                        topic.name(),
                        null,
                        (entity + "|" + SCORECARD).getBytes(StandardCharsets.UTF_8),
                        topic.value().serializer().serialize(topic.name(), headers, result),
                        headers));
            }
        }
    }

    private static Map<String, Object> counts() {
        var counts = new TreeMap<String, Object>();
        for (var table : tables()) {
            counts.put(table, sql.fetchValue("select count(*) from \"" + table + "\""));
        }
        return counts;
    }

    private static Map<String, Object> rows() {
        var rows = new TreeMap<String, Object>();
        for (var table : tables()) {
            rows.put(
                    table,
                    sql.fetchValue("select md5(string_agg(t::text, '|' order by t::text)) from \"" + table + "\" t"));
        }
        return rows;
    }

    /// Without the positions, which are finer after a rebuild, and the audit log, which tells of it.
    private static List<String> tables() {
        return sql.fetch("""
                        select tablename from pg_tables
                        where schemaname = 'public' and tablename not in ('projected_position', 'audit')
                        and tablename not in (select relname from pg_class where relispartition)""").getValues(0, String.class);
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

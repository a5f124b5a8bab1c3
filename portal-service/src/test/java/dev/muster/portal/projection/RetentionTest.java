package dev.muster.portal.projection;

import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.PortalSettings;
import dev.muster.testkit.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jooq.CloseableDSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    private final TestPostgres.Database database = TestPostgres.shared().newDatabase();
    private CloseableDSLContext sql;

    @BeforeEach
    void connect() {
        sql = DSL.using(database.url(), database.user(), database.password());
        migrate("5");
    }

    @AfterEach
    void disconnect() {
        sql.close();
    }

    @Test
    void movesWhatWasRecordedBeforeThereWereMonths() {
        transition("before-all", NOW.minus(800, DAYS));
        transition("in-march", Instant.parse("2026-03-31T23:59:59.999Z"));
        transition("in-april", Instant.parse("2026-04-01T00:00:00Z"));
        audit(NOW.minus(3, DAYS));
        migrate("latest");
        assertThat(where("in-march")).isEqualTo("transition_other");

        retention(NOW, Map.of()).start();

        assertThat(where("in-march")).isEqualTo("transition_2026_03");
        assertThat(where("in-april")).isEqualTo("transition_2026_04");
        assertThat(where("before-all")).isEqualTo("transition_other");
        assertThat(sql.fetchValue("select tableoid::regclass::text from audit")).isEqualTo("audit_2026_11");
        assertThat(months("transition"))
                .startsWith("transition_2025_11")
                .endsWith("transition_2027_01", "transition_other");
        assertThat(months("receipt")).hasSize(7);
    }

    @Test
    void takesAwayWholeMonthsThatAreOverForLongerThanHistoryIsKept() {
        migrate("latest");
        var retention = retention(NOW, Map.of("muster.portal.keep.transitions", "90d"));
        retention.start();
        transition("long-ago", NOW.minus(400, DAYS));
        transition("kept", NOW.minus(91, DAYS));
        transition("new", NOW);

        retention(NOW.plus(34, DAYS), Map.of("muster.portal.keep.transitions", "90d"))
                .tidy();

        assertThat(ids()).containsExactly("new");
        assertThat(months("transition"))
                .containsExactly(
                        "transition_2026_10",
                        "transition_2026_11",
                        "transition_2026_12",
                        "transition_2027_01",
                        "transition_2027_02",
                        "transition_other");
    }

    @Test
    void keepsEverythingThatIsNotTooOldYet() {
        migrate("latest");
        var retention = retention(NOW, Map.of("muster.portal.keep.transitions", "90d"));
        retention.start();
        transition("first-of-its-month", Instant.parse("2026-08-01T00:00:00Z"));
        transition("kept", NOW.minus(89, DAYS));

        retention.tidy();

        assertThat(ids()).containsExactly("first-of-its-month", "kept");
    }

    @Test
    void takesARecordThatClaimsToBeOfTheFutureUntilItsMonthComes() {
        migrate("latest");
        var retention = retention(NOW, Map.of());
        retention.start();
        transition("early", NOW.plus(200, DAYS));
        assertThat(where("early")).isEqualTo("transition_other");

        retention(NOW.plus(180, DAYS), Map.of()).tidy();

        assertThat(where("early")).isEqualTo("transition_2027_06");
    }

    @Test
    void deletesOldEntriesOfTheAuditLogAndOldDeadLetters() {
        migrate("latest");
        audit(NOW.minus(500, DAYS));
        audit(NOW.minus(1, DAYS));
        deadLetter(NOW.minus(31, DAYS));
        deadLetter(NOW.minus(29, DAYS));
        var retention = retention(NOW, Map.of());
        retention.start();

        retention.tidy();

        assertThat(sql.fetch("select at from audit").getValues(0, Instant.class))
                .containsExactly(NOW.minus(1, DAYS));
        assertThat(sql.fetch("select failed_at from dead_letter").getValues(0, Instant.class))
                .containsExactly(NOW.minus(29, DAYS));

        retention(NOW.plus(Duration.ofDays(430)), Map.of()).tidy();

        assertThat(sql.fetchCount(DSL.table("audit"))).isZero();
    }

    @Test
    void stepsBackForThoseWhoReadForLong() throws InterruptedException {
        migrate("latest");
        retention(NOW, Map.of()).start();
        transition("new", NOW);
        var later = retention(NOW.plus(800, DAYS), Map.of());

        try (var reader = DSL.using(database.url(), database.user(), database.password())) {
            reader.execute("begin");
            reader.fetch("select * from transition");
            var tidying = Thread.ofPlatform().start(later::tidy);
            await().until(
                            () -> Boolean.TRUE.equals(
                                    reader.fetchValue(
                                            "select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")));
            try (var another = DSL.using(database.url(), database.user(), database.password())) {
                assertThat(another.fetchCount(DSL.table("transition"))).isEqualTo(1);
            }
            reader.execute("rollback");
            tidying.join();
        }

        assertThat(months("transition")).doesNotContain("transition_2025_11", "transition_2026_11");
    }

    private Retention retention(Instant now, Map<String, String> settings) {
        var bound = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("muster.portal", PortalSettings.class);
        return new Retention(sql, bound, () -> now);
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .target(version)
                .load()
                .migrate();
    }

    private void transition(String id, Instant at) {
        sql.execute("""
                insert into transition (at, id, entity, scorecard, scorecard_title, scorecard_version, version, kind, changes,
                    cause, source, notify)
                values (?::timestamptz, ?, 'component:default/x', 's', 'S', 1, 1, 'CHANGED', '[]', '{}', 'github', true)""", at.toString(), id);
    }

    private void audit(Instant at) {
        sql.execute("""
                insert into audit (topic, partition_id, record_offset, at, action, kind, about)
                values ('t', 0, ?, ?::timestamptz, 'entity.created', 'entity', 'x')""", at.toEpochMilli(), at.toString());
    }

    private void deadLetter(Instant at) {
        sql.execute("""
                insert into dead_letter values ('t', 0, ?, 's', 's', 'r', 'm', null, 1, ?::timestamptz, ?::timestamptz)""", at.toEpochMilli(), at.toString(), at.toString());
    }

    private Object where(String id) {
        return sql.fetchValue("select tableoid::regclass::text from transition where id = ?", id);
    }

    private List<String> ids() {
        return sql.fetch("select id from transition order by at").getValues(0, String.class);
    }

    private List<String> months(String table) {
        return sql.fetch("""
                        select inhrelid::regclass::text as month from pg_inherits where inhparent = ?::regclass
                        order by month""", table).getValues(0, String.class);
    }
}

package dev.muster.notifier.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Whoever upgrades has consumed the first transitions already.
class ScoredMigrationTest {

    @Test
    void knowsFromTheLedgerWhoIsScored() {
        var database = TestPostgres.shared().newDatabase();
        var source = new DriverManagerDataSource(database.url(), database.user(), database.password());
        Flyway.configure().dataSource(source).target("2").load().migrate();
        var db = JdbcClient.create(source);
        transition(db, "component:default/payments", 1, "{\"after\": {}}");
        transition(db, "component:default/payments", 2, """
                {"after": {"level": "silver", "score": 84, "outcomes": {"b": "FAIL", "a": "ERROR", "c": "PASS"}}}""");
        transition(db, "component:default/ended", 1, "{\"after\": {}}");
        transition(db, "component:default/ended", 2, "{\"after\": null}");

        Flyway.configure().dataSource(source).load().migrate();

        assertThat(db.sql("select entity || ' on ' || scorecard from scored")
                        .query(String.class)
                        .list())
                .containsExactly("component:default/payments on production-readiness");
        assertThat(db.sql("select version || ' ' || level || ' ' || score || ' ' || (outcomes ->> 'b') from scored")
                        .query(String.class)
                        .list())
                .as("and how, by its latest transition")
                .containsExactly("2 silver 84 FAIL");
    }

    private static void transition(JdbcClient db, String entity, int version, String body) {
        db.sql("""
                        insert into transitions (id, entity, scorecard, version, kind, accepted_at, body, state)
                        values (:id, :entity, 'production-readiness', :version, 'BASELINE', now(), :body::jsonb, 'SUPPRESSED')
                        """)
                .param("id", entity + version)
                .param("entity", entity)
                .param("version", version)
                .param("body", body)
                .update();
    }
}

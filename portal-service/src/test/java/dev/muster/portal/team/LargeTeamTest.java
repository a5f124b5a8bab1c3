package dev.muster.portal.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.Portal;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A team that owns a thousand components in which little fails, all with a score of 1, and one with a
/// score of 50, in which mending one rule buys half of the score.
class LargeTeamTest {

    private static final String TEAM = "group:default/large";
    private static final String DETAILS = """
            {"annotations":{},"links":[],"dependsOn":[],"providesApis":[],"consumesApis":[],"members":[],"appliedBy":"x",
            "deliveryId":"x"}""";
    private static final String CAUSE =
            "{\"kind\":\"FACT\",\"source\":\"github\",\"at\":\"2026-11-01T00:00:00Z\",\"scorecardVersion\":1,\"baseline\":false}";
    private static final String RULES = """
            [{"id":"fails","title":"Fails","outcome":"FAIL","since":"2026-11-01T00:00:00Z","message":"","level":"gold",
              "weight":%d,"evidence":[]},
             {"id":"passes","title":"Passes","outcome":"PASS","since":"2026-11-01T00:00:00Z","message":"","level":"gold",
              "weight":50,"evidence":[]}]""";

    private static Portal portal;

    @BeforeAll
    static void fill() {
        portal = Portal.start(
                TestBroker.shared(),
                TestPostgres.shared().newDatabase(),
                Map.of(
                        "spring.cloud.stream.bindings.projectReadiness-in-0.consumer.auto-startup", "false",
                        "spring.cloud.stream.bindings.projectTrail-in-0.consumer.auto-startup", "false"));
        var sql = portal.bean(DSLContext.class);
        sql.execute(
                "insert into scorecard values ('card', 'Card', null, null, 1, 'true', '{gold}', false, '[]', now(), 'x')");
        sql.execute("""
                insert into entity
                select 'component:default/e' || i, 'Component', 'default', 'e' || i, null, 'service', null, ?, null, 3, '{}',
                    ?::jsonb, now() from generate_series(0, 1000) as i""", TEAM, DETAILS);
        sql.execute("""
                insert into result
                select 'component:default/e' || i, 'card', 1, 1, null, case when i = 1000 then 50 else 1 end, 100, now(), null,
                    '{fails,passes}', '{FAIL,PASS}', case when i = 1000 then ?::jsonb else ?::jsonb end, ?::jsonb
                from generate_series(0, 1000) as i""", RULES.formatted(50), RULES.formatted(1), CAUSE);
    }

    @AfterAll
    static void stop() {
        portal.close();
    }

    @Test
    void doesNotLoseWhatBuysMostBecauseMuchElseScoresLower() {
        var toFix = portal.json("/api/v1/teams/" + TEAM).path("toFix");

        assertThat(toFix.size()).isEqualTo(50);
        assertThat(toFix.path(0).path("entity").asString()).isEqualTo("component:default/e1000");
        assertThat(toFix.path(0).path("gain").path("points").asInt()).isEqualTo(50);
        assertThat(toFix.path(1).path("entity").asString()).isEqualTo("component:default/e0");
        assertThat(toFix.path(2).path("entity").asString()).isEqualTo("component:default/e1");
    }
}

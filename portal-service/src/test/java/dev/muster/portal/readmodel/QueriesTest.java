package dev.muster.portal.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.Portal;
import dev.muster.portal.PortalApplication;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Asks what people ask, and PostgreSQL how it found the answers: history is never read from one end to the other.
class QueriesTest {

    private static final Pattern READS_ALL =
            Pattern.compile("Seq Scan on ((?:transition|receipt|delivery|told|audit)_\\w+)");

    /// Leads to the following piece of a list.
    private static final Pattern NEXT = Pattern.compile("href=\"([^\"#]+)[^\"]*\" rel=\"next\"");

    private static final String CAUSE = """
            {"kind":"FACT","source":"github","at":"2026-11-01T00:00:00Z","scorecardVersion":1,"baseline":false}""";

    private static final String DETAILS = """
            {"annotations":{},"links":[],"dependsOn":[],"providesApis":[],"consumesApis":[],"members":[],"appliedBy":"x",
            "deliveryId":"x"}""";

    private static final Set<String> ASKED = new ConcurrentSkipListSet<>();
    private static final Set<String> FILLED = new HashSet<>();
    private static Portal portal;
    private static DSLContext sql;

    @BeforeAll
    static void fill() {
        portal = Portal.start(
                TestBroker.shared(),
                TestPostgres.shared().newDatabase(),
                Map.of(
                        "spring.cloud.stream.bindings.projectReadiness-in-0.consumer.auto-startup", "false",
                        "spring.cloud.stream.bindings.projectTrail-in-0.consumer.auto-startup", "false"),
                PortalApplication.class,
                Listening.class);
        sql = portal.bean(DSLContext.class);
        sql.execute("""
                insert into scorecard
                select 'card-' || i, 'Card ' || i, null, null, 1, 'true', '{bronze,gold}', false, '[]', now(), 'x'
                from generate_series(0, 19) as i""");
        sql.execute("""
                insert into entity
                select 'component:default/e' || i, 'Component', 'default', 'e' || i, null, 'service', null,
                    'group:default/t' || i % 40, null, 1, '{}', ?::jsonb, now() from generate_series(0, 199) as i""", DETAILS);
        sql.execute("""
                insert into result
                select 'component:default/e' || i % 200, 'card-' || i % 20, 1, 1, 'bronze', 50, 50, now(), null, '{r}',
                    '{FAIL}', '[]', cause from generate_series(0, 199) as i, (select ?::jsonb as cause) as c""", CAUSE);
        sql.execute("""
                insert into transition
                select now() - i * interval '10 min', 'id-' || i, 'component:default/e' || i % 200, 'card-' || i / 500 % 20,
                    'Card', 1, i, 'CHANGED', 'bronze', 'gold', 1, 2, 3, 4, '[{"rule":"r","title":"R","level":"gold","before":"PASS","after":"FAIL","message":""}]',
                    cause, 'github', 'd-' || i, 'group:default/t' || i % 40, 1, true
                from generate_series(0, 39999) as i, (select ?::jsonb as cause) as c""", CAUSE);
        sql.execute("""
                insert into delivery
                select 'github', 'd-' || i, 'github', 'push', now() - i * interval '1 min', 'application/json', 9
                from generate_series(0, 29999) as i""");
        sql.execute("""
                insert into told select 'd-' || i, 'repo:x/' || i, '{checks}', now() - i * interval '1 min'
                from generate_series(0, 29999) as i""");
        sql.execute("""
                insert into receipt
                select 'n-' || i, 'email', 'x', 'SENT', null, 1, now() - i * interval '3 min', null,
                    array['component:default/e' || i % 200], '{}', array['d-' || i] from generate_series(0, 29999) as i""");
        sql.execute("""
                insert into audit
                select 't', 0, i, now() - i * interval '10 min', 'a' || i % 50, 'entity.changed', 'entity', 'e' || i % 200
                from generate_series(0, 29999) as i""");
        sql.execute("vacuum analyze");
        sql.fetch("select relname from pg_class where relispartition and reltuples > 0")
                .forEach(it -> FILLED.add(it.get(0, String.class)));
    }

    @AfterAll
    static void stop() {
        portal.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/activity",
                "/activity?entity=component:default/e7",
                "/activity?scorecard=card-7",
                "/entities/component:default/e7",
                "/entities/component:default/e7?asOf=2026-11-01T00:00:00Z",
                "/teams/group:default/t7",
                "/scorecards/card-7",
                "/deliveries",
                "/deliveries/d-77",
                "/deliveries?sort=connection",
                "/deliveries?sort=-size",
                "/messages",
                "/messages?sort=owner",
                "/messages?sort=-destination",
                "/audit",
                "/audit?sort=about",
                "/audit?sort=-actor",
                "/audit?about=e7",
                "/audit?actor=a7",
                "/api/v1/failing",
                "/api/v1/transitions?delivery=d-77",
                "/api/v1/transitions?owner=group:default/t7",
                "/api/v1/receipts?entity=component:default/e7",
                "/api/v1/deliveries?id=d-77",
                "/api/v1/entities/component:default/e7/history"
            })
    void findsHistoryByAnIndex(String path) {
        ASKED.clear();
        var next = NEXT.matcher(ask(path));
        if (next.find()) {
            ask(next.group(1).replace("&amp;", "&"));
        }

        var slow = new TreeMap<String, String>();
        for (var asked : ASKED) {
            var plan = String.join("\n", sql.fetch("explain " + asked).getValues(0, String.class));
            var found = READS_ALL.matcher(plan);
            while (found.find()) {
                if (FILLED.contains(found.group(1))) {
                    slow.put(asked, plan);
                }
            }
        }
        assertThat(ASKED).isNotEmpty();
        assertThat(slow).isEmpty();
    }

    private static String ask(String path) {
        var answer = portal.get(path, "Authorization", "Bearer a-test-token-of-some-length");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /// Keeps what is asked, with its values.
    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        ExecuteListenerProvider listener() {
            return new DefaultExecuteListenerProvider(ExecuteListener.onExecuteStart(Listening::keep));
        }

        private static void keep(ExecuteContext context) {
            var query = context.query();
            if (query != null) {
                var text = DSL.using(SQLDialect.POSTGRES).renderInlined(query);
                if (text.startsWith("select") || text.startsWith("with")) {
                    ASKED.add(text);
                }
            }
        }
    }
}

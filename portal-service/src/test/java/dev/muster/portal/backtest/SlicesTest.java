package dev.muster.portal.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.result.Outcome;
import dev.muster.portal.Portal;
import dev.muster.portal.PortalSettings;
import dev.muster.portal.Story;
import dev.muster.portal.consumer.Consumers;
import dev.muster.portal.recorded.KnownFramework;
import dev.muster.portal.result.Results;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// How many entities are replayed at once makes no difference to the report.
class SlicesTest {

    private static final TestBroker BROKER = TestBroker.start();
    private static final Portal PORTAL =
            Portal.start(BROKER, TestPostgres.shared().newDatabase(), Map.of());
    private static final Instant NOW = Instant.now();
    private static final Duration SINCE = Duration.ofDays(60);
    private static final int ALL = 100;

    @AfterAll
    static void stop() {
        PORTAL.close();
        BROKER.close();
    }

    @Test
    void oneMessageTellsOfEntitiesOfManySlices() throws IOException {
        var shared = "repo:github.com/acme/shared";
        for (var name : List.of("a", "b", "c")) {
            declare("shared-" + name, name.equals("c") ? "group:default/two" : "group:default/one", 50, shared);
        }
        coverage(shared, 40, 90, "d-1");
        coverage(shared, 30, 10, "d-2");
        coverage(shared, 20, 90, "d-3");

        var report = report("shared", 1);

        assertThat(report.entities()).isEqualTo(3);
        assertThat(report.changed()).isEqualTo(3);
        assertThat(report.messages().owners())
                .containsExactly(
                        new BacktestReport.Owner("group:default/one", 4),
                        new BacktestReport.Owner("group:default/two", 4));
        assertThat(report.examples()).extracting(BacktestReport.Example::at).isSorted();
        assertThat(report).isEqualTo(report("shared", 2)).isEqualTo(report("shared", ALL));
    }

    @Test
    void whatWasToldUnderAnEarlierNameCountsWhoeverClaimedIt() throws IOException {
        var names = "repo:github.com/acme/";
        declare("moved-a", "group:default/one", 50, names + "moved-then");
        declare("moved-b", "group:default/one", 50, names + "moved-now");
        declare("moved-c", "group:default/one", 50, names + "moved-next");
        coverage(names + "moved-unclaimed", 15, 90, "d-0");
        coverage(names + "moved-then", 15, 10, "d-1");
        whereabouts(names + "moved-unclaimed", 12, names + "moved-next");
        whereabouts(names + "moved-then", 10, names + "moved-now");

        var report = report("moved", 1);

        assertThat(report.rules().getFirst().now()).isEqualTo(Map.of(Outcome.FAIL, 2, Outcome.PASS, 1));
        assertThat(report).isEqualTo(report("moved", 2)).isEqualTo(report("moved", ALL));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aHistoryIsCountedTheSame(long seed) throws IOException {
        var prefix = "random%d".formatted(seed);
        happen(prefix, new Random(seed));

        var report = report(prefix, ALL);

        assertThat(report.entities()).isGreaterThan(4);
        assertThat(report.examples()).isNotEmpty();
        assertThat(report.messages().sum()).isPositive();
        for (var size : List.of(1, 2, 3)) {
            assertThat(report(prefix, size)).as("%d at once", size).isEqualTo(report);
        }
    }

    /// Entities that share subjects, come, go, claim others and have other owners; subjects that move, to each other
    /// and
    /// back; deliveries that tell of several; records whose times go back.
    private static void happen(String prefix, Random random) {
        for (var entity = 0; entity < 7; entity++) {
            declare(prefix + "-" + entity, owner(random), 70 + random.nextInt(20), claims(prefix, random));
        }
        for (var step = 0; step < 120; step++) {
            var daysAgo = 60 - step / 2 + (random.nextInt(6) == 0 ? 5 : 0);
            var entity = prefix + "-" + random.nextInt(7);
            switch (random.nextInt(12)) {
                case 0 -> declare(entity, owner(random), daysAgo, claims(prefix, random));
                case 1 -> PORTAL.tellAt(ago(daysAgo), PORTAL.topics().catalog(), "component:default/" + entity, null);
                case 2 -> whereabouts(subject(prefix, random), daysAgo, subject(prefix, random));
                case 3 -> PORTAL.tellRaw(PORTAL.topics().facts().name(), subject(prefix, random), new byte[] {1, 2, 3});
                default -> coverage(subject(prefix, random), daysAgo, 10 + 80 * random.nextInt(2), "d-" + step / 3);
            }
        }
    }

    private static String owner(Random random) {
        return "group:default/" + random.nextInt(2);
    }

    private static String subject(String prefix, Random random) {
        return "repo:github.com/acme/" + prefix + "-" + random.nextInt(6);
    }

    private static String[] claims(String prefix, Random random) {
        return Set.copyOf(new HashSet<>(List.of(subject(prefix, random), subject(prefix, random))))
                .toArray(String[]::new);
    }

    private static void declare(String name, String owner, int daysAgo, String... claims) {
        var entity = Entity.newBuilder(Story.component(name, owner, 1))
                .setClaims(List.of(claims))
                .build();
        PORTAL.tellAt(ago(daysAgo), PORTAL.topics().catalog(), entity.getRef(), entity);
    }

    private static void coverage(String subject, int daysAgo, int percent, String delivery) {
        tell(subject, daysAgo, "coverage", "{\"newCode\":%d.0}".formatted(percent), delivery);
    }

    private static void whereabouts(String subject, int daysAgo, String movedTo) {
        tell(subject, daysAgo, "whereabouts", "{\"movedTo\":\"%s\"}".formatted(movedTo), "d-moved");
    }

    private static void tell(String subject, int daysAgo, String fact, String json, String delivery) {
        var facts = FactsObserved.newBuilder()
                .setSubject(subject)
                .setReceivedAt(ago(daysAgo))
                .setOrigin(Origin.newBuilder()
                        .setSource("github")
                        .setConnection("github")
                        .setDeliveryId(delivery)
                        .build())
                .setChanges(List.of(FactChange.newBuilder()
                        .setFact(fact)
                        .setKind(FactChangeKind.SET)
                        .setValue(json)
                        .setSourceTime(ago(daysAgo))
                        .build()))
                .build();
        PORTAL.tellAt(ago(daysAgo), PORTAL.topics().facts(), subject, facts);
    }

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private static BacktestReport report(String prefix, int atOnce) throws IOException {
        var settings = new Binder(new MapConfigurationPropertySource(
                        Map.of("muster.portal.backtest.entities", Integer.toString(atOnce))))
                .bindOrCreate("muster.portal", PortalSettings.class);
        var end = NOW.plus(Duration.ofMinutes(10));
        var backtests = new Backtests(
                PORTAL.topics(),
                PORTAL.bean(Consumers.class),
                PORTAL.bean(KnownFramework.class),
                PORTAL.bean(Results.class),
                PORTAL.bean(Scorecards.class),
                settings,
                () -> end);
        return backtests.run(null, """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: %1$s, title: Slices }
                spec:
                  appliesTo: entity.name.startsWith('%1$s-')
                  levels: [bronze]
                  rules:
                    - id: covered
                      title: Coverage of new code is at least 80 %%
                      check: coverage.newCode >= 80.0
                      level: bronze
                      fresh: 20d
                    - id: half
                      title: Half of the new code is covered
                      check: coverage.newCode >= 50.0
                      level: bronze
                      fresh: 9d
                """.formatted(prefix), SINCE, () -> {});
    }
}

package dev.muster.portal.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the first page costs a browser that was never here, in an organisation of ten thousand components.
class WeightTest extends InChromium {

    private static final int COPIES = 2_000;

    private static TestBroker broker;
    private static Portal portal;

    /// The components of the story are told to the projector, and its rows are copied, each with owners and systems of
    /// its own.
    @BeforeAll
    static void tell() {
        broker = TestBroker.start();
        portal = Portal.start(broker, TestPostgres.shared().newDatabase(), Map.of());
        new Story(portal, Instant.now().minus(Duration.ofDays(1))).tellAll();
        portal.awaitTold();
        var sql = portal.bean(DSLContext.class);
        sql.execute("""
                insert into entity
                select ref || '-' || i, kind, namespace, name || '-' || i, title, type, lifecycle, owner || '-' || i % 80,
                    system || '-' || i % 200, tier, tags, details, applied_at
                from entity, generate_series(1, ?) as i where kind = 'Component'""", COPIES);
        sql.execute("""
                insert into result
                select entity || '-' || i, scorecard, scorecard_version, version, level, score, coverage, evaluated_at,
                    next_change_at, rule_ids, outcomes, rules, cause
                from result, generate_series(1, ?) as i""", COPIES);
        sql.execute("""
                insert into transition
                select at, id || '-' || i, entity || '-' || i, scorecard, scorecard_title, scorecard_version, version, kind,
                    level_before, level_after, score_before, score_after, coverage_before, coverage_after, changes, cause, source,
                    delivery_id, owner || '-' || i % 80, tier, notify
                from transition, generate_series(1, ?) as i""", COPIES);
        sql.execute("analyze");
    }

    @AfterAll
    static void stop() {
        portal.close();
        broker.close();
    }

    /// Everything that comes over the wire, heads of answers among it, until the page is live and was read once more.
    @Test
    void weighsLessThan150KilobytesOnAColdCache() {
        var transferred = new AtomicLong();
        var network = context.newCDPSession(page);
        network.on("Network.loadingFinished", it -> transferred.addAndGet(bytes(it)));
        network.send("Network.enable");

        var again = page.waitForResponse(
                it -> it.request().resourceType().equals("xhr"), () -> page.navigate(portal.url() + "/"));
        again.finished();
        assertThat(page.locator("#live-text")).hasText("Live");

        assertThat(page.locator("main")).containsText("10005");
        assertThat(page.locator("#entities tbody tr")).hasCount(50);
        assertThat(transferred.get()).isBetween(20_000L, 150_000L);
        Chromium.keep(page, "overview-of-ten-thousand");
    }

    private static long bytes(JsonObject finished) {
        return finished.get("encodedDataLength").getAsLong();
    }
}

package dev.muster.portal.failing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Told;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FailingTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final Portal PORTAL = Portal.shared();
    private static final String CARD = "failing-card";
    private static final Told TOLD = new Told(PORTAL, CARD);

    @BeforeAll
    static void tell() {
        TOLD.publish("Failing card");
        TOLD.declare("failing-a", "group:default/fail-one");
        TOLD.declare("failing-b", null);
        var before = TOLD.happen(null, "failing-a", 1, "gold", MORNING, TransitionKind.BASELINE);
        var worse = TOLD.happen(
                before, "failing-a", 2, "silver", MORNING.plusSeconds(60), TransitionKind.REGRESSED, "on-call", "FAIL");
        TOLD.happen(
                worse,
                "failing-a",
                3,
                null,
                MORNING.plusSeconds(90),
                TransitionKind.REGRESSED,
                "on-call",
                "FAIL",
                "has-runbook",
                "ERROR",
                "coverage",
                "STALE");
        TOLD.happen(
                null,
                "failing-b",
                1,
                "bronze",
                MORNING,
                TransitionKind.BASELINE,
                "tests-pass",
                "FAIL",
                "no-leaked-secret",
                "FAIL");
        await().untilAsserted(() -> assertThat(TOLD.failing()).hasSize(4));
    }

    @Test
    void ordersByLevelThenByTierThenByWeight() {
        assertThat(TOLD.failing())
                .containsExactly(
                        "failing-a has-runbook",
                        "failing-b no-leaked-secret",
                        "failing-b tests-pass",
                        "failing-a on-call");
    }

    @Test
    void findsTheTransitionInWhichEachRuleChanged() {
        var items = PORTAL.json("/api/v1/failing?scorecard=%s&owner=group:default/fail-one".formatted(CARD))
                .path("items");

        assertThat(items.path(0).path("cause").path("at").asString()).startsWith("2026-11-23T06:01:30");
        assertThat(items.path(1).path("cause").path("at").asString()).startsWith("2026-11-23T06:01:00");
        assertThat(items.path(1).path("cause").path("cause").path("deliveryId").asString())
                .endsWith("0002");
    }

    @Test
    void narrowsByEverythingThatACellNames() {
        assertThat(count("owner=none")).isEqualTo(2);
        assertThat(count("owner=none&dimension=security")).isEqualTo(1);
        assertThat(count("owner=Group:default/fail-one&dimension=operational readiness"))
                .isEqualTo(2);
        assertThat(count("dimension=none")).isZero();
        assertThat(count("outcome=undecided")).isEqualTo(1);
        assertThat(count("outcome=error")).isEqualTo(1);
        assertThat(count("tier=1&rule=on-call")).isEqualTo(1);
        assertThat(count("system=system:default/shop&entity=component:default/failing-b"))
                .isEqualTo(2);
    }

    @Test
    void goesOnWhereAPieceEnded() {
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var piece = PORTAL.json("/api/v1/failing?limit=1&scorecard=" + CARD + "&cursor=" + cursor);
            piece.path("items")
                    .forEach(it -> seen.add(it.path("rule").path("id").asString()));
            cursor = piece.path("next").isNull() ? "" : piece.path("next").asString();
        } while (!cursor.isEmpty());

        assertThat(seen).isEqualTo(List.of("has-runbook", "no-leaked-secret", "tests-pass", "on-call"));
    }

    @Test
    void saysWhatToDoWhenNothingFits() {
        assertThat(PORTAL.get("/failing?owner=group:default/nobody").body())
                .contains("Nothing fits this filter", "outcome=undecided", "Show everything that fails");
    }

    private static int count(String query) {
        return PORTAL.json("/api/v1/failing?scorecard=" + CARD + "&" + query.replace(" ", "%20"))
                .path("items")
                .size();
    }
}

package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Facts wait for the entity that will claim them.
class LateRegistrationStory {

    @Test
    void aComponentRegisteredAfterItsDeliveriesHasTheRightScoreAtOnceAndNobodyIsTold() {
        var muster = Muster.shared();
        muster.publish(Declared.scorecard("late", "late", Declared.vulnerabilityRules(0)));
        var alert = new Alert("acme/late", 1, "critical", Instant.parse("2026-11-01T00:00:00Z"));
        var delivery = Delivery.of("dependabot_alert", "late-created", alert.created());
        muster.sendAll(List.of(delivery));
        muster.awaitUnclaimed("repo:github.com/acme/late");

        muster.apply(Declared.catalog(Declared.team("latecomers"), Declared.service("late", "latecomers")));

        muster.awaitRule(
                "component:default/late",
                "late",
                "max-known-vulnerabilities",
                "FAIL",
                "1 critical vulnerability is open (max 0)");
        assertThat(muster.transitions("component:default/late"))
                .isNotEmpty()
                .allSatisfy(transition ->
                        assertThat(transition.get("kind").toString()).isEqualTo("BASELINE"));
        assertThat(muster.mailsTo("latecomers@example.org")).isEmpty();
    }
}

package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A scorecard changes, and everything that it scores follows.
class SweepStory {

    @Test
    void aChangedScorecardIsAppliedToEveryEntityAndTellsNobody() {
        var muster = Muster.shared();
        muster.publish(Declared.scorecard("sweep", "sweep", Declared.vulnerabilityRules(5)));
        muster.apply(Declared.catalog(
                Declared.team("sweepers"),
                Declared.service("sweep-a", "sweepers"),
                Declared.service("sweep-b", "sweepers")));
        for (var name : List.of("sweep-a", "sweep-b")) {
            var alert = new Alert("acme/" + name, 1, "critical", Instant.parse("2026-11-01T00:00:00Z"));
            muster.send(Delivery.of("dependabot_alert", name + "-created", alert.created()));
            muster.awaitOutcome("component:default/" + name, "sweep", "max-known-vulnerabilities", "PASS");
        }

        muster.publish(Declared.scorecard("sweep", "sweep", Declared.vulnerabilityRules(0)));

        for (var name : List.of("sweep-a", "sweep-b")) {
            var entity = "component:default/" + name;
            muster.awaitOutcome(entity, "sweep", "max-known-vulnerabilities", "FAIL");
            var last = muster.transitions(entity).getLast();
            assertThat(last.get("kind").toString()).isEqualTo("BASELINE");
            assertThat(last.get("scorecardVersion")).isEqualTo(2);
            Versions.assertUnbroken(muster.transitions(entity));
        }
        assertThat(muster.mailsTo("sweepers@example.org")).isEmpty();
    }
}

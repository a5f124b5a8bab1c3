package dev.muster.acceptance;

import static java.time.temporal.ChronoUnit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules have their own clock.
class DeadlineStory {

    private static final Duration ALLOWED = Duration.ofDays(7);
    private static final Duration AHEAD = Duration.ofSeconds(12);

    @Test
    void aDeadlineThatPassesWhileNothingHappensFlipsItsRuleAtThatInstant() {
        var muster = Muster.shared();
        muster.publish(Declared.scorecard("deadlines", "deadline", """
                - id: fixed-in-a-week
                  title: Critical vulnerabilities are fixed within a week
                  check: "!vulnerabilities.exists(v, v.severity == 'critical' && overdue(v.openedAt, duration('168h')))"
                  level: bronze
                """));
        muster.apply(Declared.catalog(Declared.team("punctual"), Declared.service("deadline", "punctual")));
        var opened =
                Instant.ofEpochSecond(Instant.now().minus(ALLOWED).plus(AHEAD).getEpochSecond());
        var alert = new Alert("acme/deadline", 1, "critical", opened);
        muster.sendAll(List.of(Delivery.of("dependabot_alert", "deadline-created", alert.created())));
        var entity = "component:default/deadline";
        muster.awaitOutcome(entity, "deadlines", "fixed-in-a-week", "PASS");

        muster.awaitOutcome(entity, "deadlines", "fixed-in-a-week", "FAIL");

        var deadline = opened.plus(ALLOWED);
        assertThat(muster.rule(entity, "deadlines", "fixed-in-a-week")
                        .get("since")
                        .asString())
                .satisfies(since ->
                        assertThat(Instant.parse(since).truncatedTo(MILLIS)).isEqualTo(deadline));
        var last = muster.transitions(entity).getLast();
        assertThat(last.get("kind").toString()).isEqualTo("REGRESSED");
        assertThat(Muster.record(last, "cause").get("kind").toString()).isEqualTo("CLOCK");
        assertThat(last.get("at")).isEqualTo(deadline);
    }
}

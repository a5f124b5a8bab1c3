package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// People stand in for what no tool can say, and decide about what cannot be met in time.
class GovernanceStory {

    private static final String ENTITY = "component:default/governed";
    private static final String SCORECARD = "governance";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int SECONDS_TO_ITS_END = 45;

    private final Muster muster = Muster.shared();
    private final Commands admin = Commands.of(muster);
    private final Commands approver =
            admin.with(Map.of("MUSTER_TOKEN", muster.platform().secret("MUSTER_TOKEN_OF_APPROVER")));

    @Test
    void aPersonAttestsAndAnExemptionThatSomebodyElseApprovedEndsByItselfAndAnAuditorSeesBoth() {
        muster.publish(Declared.scorecard(SCORECARD, "governed", """
                - use: framework/training-exists
                  level: silver
                - use: framework/max-known-vulnerabilities
                """));
        muster.apply(Declared.catalog(Declared.team("governors"), Declared.service("governed", "governors")));
        muster.awaitOutcome(ENTITY, SCORECARD, "training-exists", "UNKNOWN");

        admin.run("attest", ENTITY, "training-exists", "--evidence", "https://wiki.example.org/t", "--expires", "90d");
        muster.awaitOutcome(ENTITY, SCORECARD, "training-exists", "PASS");

        var alert = new Alert("acme/governed", 1, "critical", Instant.now());
        muster.sendAll(List.of(Delivery.of("dependabot_alert", "governed-created", alert.created())));
        muster.awaitOutcome(ENTITY, SCORECARD, "max-known-vulnerabilities", "FAIL");
        var end = Instant.ofEpochSecond(Instant.now().getEpochSecond() + SECONDS_TO_ITS_END);
        var asked = admin.run(
                "exempt",
                ENTITY,
                "max-known-vulnerabilities",
                "--reason",
                "The vendor fixes it this week",
                "--expires",
                end.toString());
        var id = ID.matcher(asked).results().findFirst().orElseThrow().group();
        assertThat(admin.refused("exempt", "approve", id)).contains("asked for");
        assertThat(muster.rule(ENTITY, SCORECARD, "max-known-vulnerabilities")
                        .path("outcome")
                        .asString())
                .isEqualTo("FAIL");

        approver.run("exempt", "approve", id);
        muster.awaitOutcome(ENTITY, SCORECARD, "max-known-vulnerabilities", "EXEMPT");

        muster.awaitOutcome(ENTITY, SCORECARD, "max-known-vulnerabilities", "FAIL");
        assertThat(Instant.parse(muster.rule(ENTITY, SCORECARD, "max-known-vulnerabilities")
                        .path("since")
                        .asString()))
                .isEqualTo(end);

        assertThat(admin.run(
                        "explain",
                        ENTITY,
                        SCORECARD,
                        "--as-of",
                        end.minusSeconds(1).toString()))
                .containsPattern("EXEMPT +max-known-vulnerabilities")
                .contains("the same was recorded then");
        assertThat(admin.run("explain", ENTITY, SCORECARD, "--as-of", end.toString()))
                .containsPattern("FAIL +max-known-vulnerabilities")
                .contains("the same was recorded then");
    }
}

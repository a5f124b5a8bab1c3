package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A platform team sets a date, and everybody sees who is done.
class InitiativeStory {

    private static final String SCORECARD = "initiated";
    private static final String ONE = "component:default/initiated-one";
    private static final String TWO = "component:default/initiated-two";
    private static final String FINDINGS = "max-known-vulnerabilities";

    @TempDir
    private Path folder;

    private final Muster muster = Muster.shared();
    private final Commands commands = Commands.of(muster);

    @Test
    void aPlatformTeamSetsADateAndEverybodySeesWhoIsDone() throws IOException {
        muster.publish(Declared.scorecard(SCORECARD, "initiated-", Declared.vulnerabilityRules(0)));
        muster.apply(Declared.catalog(
                Declared.team("initiators"),
                Declared.service("initiated-one", "initiators"),
                Declared.service("initiated-two", "initiators")));
        muster.awaitOutcome(ONE, SCORECARD, FINDINGS, "UNKNOWN");
        muster.awaitOutcome(TWO, SCORECARD, FINDINGS, "UNKNOWN");

        assertThat(commands.refused("apply", "-f", file("entity.name == 'initiated-none'")))
                .contains("means no entity: 'appliesTo' leaves out all 2 that 'initiated' scores");
        assertThat(commands.run("apply", "-f", file("entity.tier == 1"))).contains("applied    no-findings");
        awaitDone(0);

        for (var name : List.of("initiated-one", "initiated-two")) {
            tell(name, alert(name).created());
            muster.awaitOutcome("component:default/" + name, SCORECARD, FINDINGS, "FAIL");
        }
        tell("initiated-one", alert("initiated-one").fixed(Instant.now()));
        muster.awaitOutcome(ONE, SCORECARD, FINDINGS, "PASS");
        awaitDone(1);

        assertThat(commands.run("get", "initiatives"))
                .containsPattern("no-findings +initiated +" + FINDINGS + " .* 1/2");
        var behind = read("?done=false").path("entities").path("items");
        assertThat(behind.valueStream()).singleElement().satisfies(it -> {
            assertThat(it.path("ref").asString()).isEqualTo(TWO);
            assertThat(it.path("remaining").path(0).path("outcome").asString()).isEqualTo("FAIL");
            assertThat(it.path("overdue").asBoolean()).isFalse();
        });
        assertThat(read("/burn-up").path("points").valueStream()).last().satisfies(today -> {
            assertThat(today.path("total").asInt()).isEqualTo(2);
            assertThat(today.path("done").asInt()).isEqualTo(1);
        });
    }

    private String file(String appliesTo) throws IOException {
        return Files.writeString(folder.resolve("initiative.yaml"), """
                        apiVersion: muster.dev/v1
                        kind: Initiative
                        metadata: { name: no-findings }
                        spec: { scorecard: %s, rules: [%s], appliesTo: "%s", due: 2999-12-31 }
                        """.formatted(SCORECARD, FINDINGS, appliesTo))
                .toString();
    }

    private static Alert alert(String repository) {
        return new Alert("acme/" + repository, 1, "critical", Instant.now());
    }

    private void tell(String repository, String body) {
        muster.send(Delivery.of("dependabot_alert", repository + "-" + body.hashCode(), body));
    }

    private JsonNode read(String more) {
        return muster.installation()
                .portal()
                .get("/api/v1/initiatives/no-findings" + more)
                .json();
    }

    private void awaitDone(int done) {
        await(done + " are done")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    var entities = read("").path("initiative").path("entities");
                    assertThat(entities.path("total").asInt()).isEqualTo(2);
                    assertThat(entities.path("done").asInt()).isEqualTo(done);
                });
    }
}

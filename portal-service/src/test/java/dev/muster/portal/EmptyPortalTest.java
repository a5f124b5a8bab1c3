package dev.muster.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A portal that has not read anything yet.
class EmptyPortalTest {

    private static Portal portal;

    @BeforeAll
    static void start() {
        portal = Portal.start(
                TestBroker.shared(),
                TestPostgres.shared().newDatabase(),
                Map.of(
                        "spring.cloud.stream.bindings.projectReadiness-in-0.consumer.auto-startup", "false",
                        "spring.cloud.stream.bindings.projectTrail-in-0.consumer.auto-startup", "false"));
    }

    @AfterAll
    static void stop() {
        portal.close();
    }

    @Test
    void saysOnEveryPageWhatToDo() {
        assertThat(portal.get("/").body())
                .contains("No scorecard has been published", "Nothing is in the catalogue yet", "./muster apply -f");
        assertThat(portal.get("/scorecards").body()).contains("No scorecard has been published");
        assertThat(portal.get("/activity").body()).contains("No result has changed yet");
        assertThat(portal.get("/failing").body()).contains("No rule fails", "unknown or stale");
        assertThat(portal.get("/initiatives").body()).contains("./muster apply -f initiative.yaml");
        assertThat(portal.get("/connections").body()).contains("No tool has reported yet", "docs/sources.md");
        assertThat(portal.get("/deliveries").body()).contains("Nothing came in", "/v1/webhooks/");
        assertThat(portal.get("/subjects").body()).contains("Every subject that a tool reported about is claimed");
        assertThat(portal.get("/dead-letters").body()).contains("Everything that came in could be used");
        assertThat(portal.get("/messages").body()).contains("No message here", "muster.dev/email");
        assertThat(portal.get("/exemptions").body()).contains("./muster exempt ENTITY RULE");
    }

    @Test
    void answersWhatIsNotThereWithAPageToThoseWhoWantOne() {
        for (var path : new String[] {"/entities/component:default/x", "/scorecards/x", "/teams/group:default/x"}) {
            var answer = portal.get(path, "Accept", "text/html");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("There is no such page", "/assets/muster");
        }
    }

    @Test
    void givesEmptyListsAndNoErrors() {
        for (var path : Portal.LISTS) {
            assertThat(portal.json("/api/v1/" + path).path("items")).as(path).isEmpty();
        }
    }

    @Test
    void saysOnItsPagesThatItHasNotCaughtUp() {
        assertThat(portal.get("/").body()).contains("the portal still reads what happened before it started");
    }

    @Test
    void isAliveButNotReadyBeforeItHasCaughtUp() {
        assertThat(portal.manage("/actuator/health/liveness").statusCode()).isEqualTo(200);
        var readiness = portal.manage("/actuator/health/readiness");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body()).contains("catching up");
    }

    @Test
    void allowsNoScriptOrStyleButItsOwn() {
        var policy =
                portal.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();

        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                .doesNotContain("unsafe");
        assertThat(portal.get("/").body()).doesNotContainPattern("<script(?![^>]* src=)|style=\"|onclick=");
    }
}

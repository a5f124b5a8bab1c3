package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testkit.Http;
import dev.muster.testkit.NeedsDocker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// The same system on the images that operators run: the README's story, and what an update does to it.
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainersStory {

    private static final String PAYMENTS = "component:default/payments";
    private static final String SCORECARD = "production-readiness";
    private static final String RULE = "max-known-vulnerabilities";
    private static final String OPEN = "1 critical vulnerability is open (max 0)";
    private static final String MAIL = "payments@acme.example";

    private static final int SERVICES = 8;
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private Containers containers;
    private Muster muster;

    @BeforeAll
    void startAllOfIt() {
        containers = Containers.start();
        muster = Muster.at(containers);
    }

    @AfterAll
    void endAllOfIt() {
        if (containers != null) {
            containers.close();
        }
    }

    @Test
    void theStoryOfTheReadmeIsTheSameOnContainers() {
        var commands = Commands.at(containers);
        commands.run("apply", "-f", "examples/");
        muster.awaitOutcome(PAYMENTS, SCORECARD, RULE, "UNKNOWN");

        commands.run("send", "github", "dependabot_alert", "examples/deliveries/dependabot-alert-created.json");
        muster.awaitRule(PAYMENTS, SCORECARD, RULE, "FAIL", OPEN);
        assertThat(containers.portal().get("/entities/" + PAYMENTS).body()).contains(OPEN);
        var regression = muster.awaitMailsTo(MAIL, 1).getFirst();
        assertThat(regression.path("Text").asString())
                .contains(OPEN)
                .contains(containers.portalUrl() + "/entities/" + PAYMENTS);

        commands.run("send", "github", "dependabot_alert", "examples/deliveries/dependabot-alert-fixed.json");
        muster.awaitOutcome(PAYMENTS, SCORECARD, RULE, "PASS");
        var mails = muster.awaitMailsTo(MAIL, 2);
        assertThat(mails).hasSize(2);
        assertThat(headers(mails.getLast()).path("References").toString())
                .contains(headers(regression).path("Message-ID").path(0).asString());
        // There is no Slack here: whoever named one is told so, and the fallback hears of it in its place, of both
        // messages of
        // payments and of the one to the team of checkout, which depends on it.
        assertThat(muster.awaitMailsTo("platform@muster.localhost", 3)).hasSize(3);
    }

    @Test
    void stoppingAnyServiceUnderLoadLosesAndDoublesNothing() {
        muster.publish(Declared.scorecard("update", "update", Declared.vulnerabilityRules(0)));
        var catalog = new ArrayList<>(List.of(Declared.team("updating")));
        services().forEach(service -> catalog.add(Declared.service(service, "updating")));
        muster.apply(Declared.catalog(catalog.toArray(String[]::new)));
        services().forEach(service -> muster.awaitOutcome(entity(service), "update", RULE, "UNKNOWN"));

        try (var load = Load.on(containers, number -> delivery("update-" + number % SERVICES, 1 + number / SERVICES))) {
            for (var service : List.of("ingest", "evaluator", "notifier", "portal")) {
                load.awaitMore(SERVICES * 2);
                assertThat(containers.stop(service))
                        .as("exit code of " + service)
                        .isIn(0, 143);
                containers.startAgain(service);
            }
            load.awaitMore(SERVICES * 2);
            var acknowledged = load.end();
            services().forEach(service -> everyDeliveryCausedOneTransition(service, acknowledged));
            ownersWereToldOnce();
        }
    }

    private void everyDeliveryCausedOneTransition(String service, List<Delivery> acknowledged) {
        var ids = acknowledged.stream()
                .map(Delivery::id)
                .filter(id -> id.startsWith("acme-" + service + "-"))
                .toList();
        muster.awaitRule(
                entity(service),
                "update",
                RULE,
                "FAIL",
                "%d critical vulnerabilities are open (max 0)".formatted(ids.size()));
        var transitions = muster.transitions(entity(service), "update");
        Versions.assertUnbroken(transitions);
        assertThat(Versions.causes(transitions))
                .as("deliveries that caused transitions of " + service)
                .containsExactlyInAnyOrderElementsOf(ids);
        await("the portal shows every transition of " + service)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(shownTransitions(service)).isEqualTo(transitions.size()));
    }

    /// How many transitions the portal lists, over all pages.
    private int shownTransitions(String service) {
        var shown = 0;
        var path = "/api/v1/entities/%s/history?scorecard=update&limit=100".formatted(entity(service));
        for (var cursor = ""; cursor != null; ) {
            var page = containers.portal().get(path + cursor).json();
            shown += page.path("items").size();
            cursor = page.path("next").isString()
                    ? "&cursor=" + page.path("next").asString()
                    : null;
        }
        return shown;
    }

    /// Each service regressed once, and all mails are different ones.
    private void ownersWereToldOnce() {
        await("every regression is told")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(services())
                        .allSatisfy(service -> assertThat(mails())
                                .anySatisfy(mail ->
                                        assertThat(mail.path("Text").asString()).contains(service))));
        assertThat(mails().stream()
                        .map(mail -> headers(mail).path("Message-ID").path(0).asString()))
                .doesNotHaveDuplicates();
    }

    private List<JsonNode> mails() {
        return muster.mailsTo("updating@example.org");
    }

    private JsonNode headers(JsonNode mail) {
        return Http.at(containers.mailUrl())
                .get("/api/v1/message/" + mail.path("ID").asString() + "/headers")
                .json();
    }

    private static List<String> services() {
        return IntStream.range(0, SERVICES)
                .mapToObj(number -> "update-" + number)
                .toList();
    }

    private static String entity(String service) {
        return "component:default/" + service;
    }

    private static Delivery delivery(String service, int number) {
        var alert = new Alert("acme/" + service, number, "critical", START.plusSeconds(number));
        return Delivery.of("dependabot_alert", "acme/" + service + "-" + number, alert.created());
    }
}

package dev.muster.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The story of the README's first screen, word by word.
class ReadmeStory {

    private static final String PAYMENTS = "component:default/payments";
    private static final String SCORECARD = "production-readiness";
    private static final String RULE = "max-known-vulnerabilities";
    private static final String OPEN = "1 critical vulnerability is open (max 0)";
    private static final String WHAT_TO_DO = "Open the alert from the evidence";
    private static final String MAIL = "payments@acme.example";

    @Test
    void aVulnerabilityIsFoundTheOwnerHearsOfItOnceAndOfItsEndInTheSameThread() {
        var muster = Muster.shared();
        saysWhereTheTokenIs(muster);
        var commands = Commands.of(muster);
        commands.run("apply", "-f", "examples/");
        muster.awaitOutcome(PAYMENTS, SCORECARD, RULE, "UNKNOWN");
        muster.awaitOutcome("component:default/checkout", SCORECARD, RULE, "UNKNOWN");

        try (var browser = Browser.open()) {
            browser.ifPresent(page -> {
                page.navigate(muster.platform().portalUrl() + "/entities/" + PAYMENTS);
                page.evaluate("window.neverReloaded = true");
            });

            commands.run("send", "github", "dependabot_alert", "examples/deliveries/dependabot-alert-created.json");
            muster.awaitRule(PAYMENTS, SCORECARD, RULE, "FAIL", OPEN);
            browser.ifPresent(page -> sees(page, OPEN));

            tellsTheCause(muster.scorecard(PAYMENTS, SCORECARD).path("cause"));
            var regression = muster.awaitMailsTo(MAIL, 1).getFirst();
            assertThat(regression.path("Text").asString())
                    .contains(OPEN)
                    .contains(muster.scorecard(PAYMENTS, SCORECARD)
                            .path("cause")
                            .path("deliveryId")
                            .asString())
                    .contains(muster.platform().portalUrl() + "/entities/" + PAYMENTS)
                    .contains(WHAT_TO_DO);
            var told = muster.awaitSlackPosts(Muster.PAYMENTS_CHANNEL, 1).getFirst();
            assertThat(told.toString()).contains(OPEN, WHAT_TO_DO);

            commands.run("send", "github", "dependabot_alert", "examples/deliveries/dependabot-alert-fixed.json");
            muster.awaitOutcome(PAYMENTS, SCORECARD, RULE, "PASS");
            browser.ifPresent(page -> gone(page, OPEN));

            var mails = muster.awaitMailsTo(MAIL, 2);
            assertThat(mails).hasSize(2);
            assertThat(headers(muster, mails.getLast()).path("References").toString())
                    .contains(headers(muster, mails.getFirst())
                            .path("Message-ID")
                            .path(0)
                            .asString());
            var slack = muster.awaitSlackPosts(Muster.PAYMENTS_CHANNEL, 2);
            assertThat(slack).hasSize(2);
            assertThat(slack.getLast().path("thread_ts").asString()).isNotEmpty();
        }

        onlyPaymentsAndWhatDependsOnItWereTouched(muster);
    }

    private static void saysWhereTheTokenIs(Muster muster) {
        assertThat(muster.platform().output())
                .contains("To sign in, take MUSTER_TOKEN of "
                        + muster.platform().data().resolve("secrets.env"));
        assertThat(muster.platform().secret("MUSTER_TOKEN")).hasSizeGreaterThan(30);
    }

    private static void tellsTheCause(JsonNode cause) {
        assertThat(cause.path("source").asString()).isEqualTo("github");
        assertThat(cause.path("fact").asString()).isEqualTo("vulnerabilities");
        assertThat(cause.path("deliveryId").asString()).isNotEmpty();
        assertThat(cause.path("url").asString()).contains("/security/dependabot/");
    }

    private static JsonNode headers(Muster muster, JsonNode mail) {
        return dev.muster.testkit.Http.at(muster.platform().mailUrl())
                .get("/api/v1/message/" + mail.path("ID").asString() + "/headers")
                .json();
    }

    private static void sees(Page page, String text) {
        assertThat(page.getByText(text).first()).isVisible();
        assertThat(page.evaluate("window.neverReloaded"))
                .as("the page was not reloaded")
                .isEqualTo(true);
    }

    private static void gone(Page page, String text) {
        assertThat(page.locator("#rule-" + RULE)).not().containsText(text);
        assertThat(page.evaluate("window.neverReloaded"))
                .as("the page was not reloaded")
                .isEqualTo(true);
    }

    private static void onlyPaymentsAndWhatDependsOnItWereTouched(Muster muster) {
        var deliveries = Versions.causes(muster.transitions(PAYMENTS));
        assertThat(deliveries).hasSize(2);
        await("checkout learns how payments stands, by the same deliveries")
                .untilAsserted(() -> assertThat(Versions.causes(muster.transitions("component:default/checkout")))
                        .isEqualTo(deliveries));
        assertThat(muster.awaitMailsTo("storefront@acme.example", 1))
                .singleElement()
                .satisfies(
                        mail -> assertThat(mail.path("Text").asString()).contains("checkout", deliveries.getFirst()));
        for (var other : List.of("ledger", "storefront")) {
            assertThat(Versions.causes(muster.transitions("component:default/" + other)))
                    .as(other)
                    .isEmpty();
        }
    }
}

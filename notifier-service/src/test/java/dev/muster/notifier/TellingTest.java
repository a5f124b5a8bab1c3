package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.ownedBy;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static dev.muster.notifier.transition.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.notifier.pipeline.Intake;
import dev.muster.notifier.transition.Examples;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TellingTest {

    private Running notifier = Running.usual();

    @AfterEach
    void stop() {
        notifier.close();
    }

    @Test
    void tellsTheOwnerOnceByMailAndOnceInSlack() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).containsExactly("team@acme.example");
        assertThat(notifier.slack.calls("payments")).hasSize(1);
        assertThat(notifier.deliveries())
                .containsExactly("email/group:default/payments-team ACCEPTED", "slack/payments-alerts SENT");
        assertThat(notifier.receipts())
                .containsExactlyInAnyOrder("email/group:default/payments-team ACCEPTED", "slack/payments-alerts SENT");
    }

    @Test
    void waitsForWhatBelongsTogether() {
        notifier.hears(regressed("d1"));
        notifier.clock.pass(Duration.ofSeconds(29));

        assertThat(notifier.bean(Closing.class).closeOne()).isFalse();

        notifier.hears(regressed("component:default/checkout", 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.clock.pass(Duration.ofSeconds(1));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).hasSize(1);
        assertThat(notifier.slack.calls("payments"))
                .singleElement()
                .satisfies(it -> assertThat(it.body())
                        .contains("2 entities regressed", "component:default/checkout", "payments"));
    }

    @Test
    void tellsOneTransitionOnceHoweverOftenItIsHeard() {
        notifier.hears(regressed("d1"), regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).hasSize(1);
        assertThat(notifier.slack.calls("payments")).hasSize(1);
    }

    @Test
    void tellsNobodyAboutABaseline() {
        notifier.hears(with(regressed("d1"), TransitionKind.BASELINE));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).isEmpty();
        assertThat(notifier.deliveries()).isEmpty();
        assertThat(reasons()).containsExactly("SUPPRESSED BASELINE");
    }

    @Test
    void sendsNothingWhenItRecoversWithinTheWait() {
        notifier.hears(regressed("d1"), recovered("d2"));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).isEmpty();
        assertThat(notifier.slack.calls()).isEmpty();
        assertThat(reasons()).containsOnly("SUPPRESSED RECOVERED_WITHIN_WAIT").hasSize(2);
        assertThat(notifier.receipts()).containsOnly("none/none SUPPRESSED RECOVERED_WITHIN_WAIT");
    }

    @Test
    void keepsTheRestOfAGroupWhenOneOfItRecoversWithinTheWait() {
        notifier.hears(
                regressed("d1"),
                regressed("component:default/checkout", 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)),
                recovered("d2"));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments"))
                .singleElement()
                .satisfies(it -> assertThat(it.body())
                        .contains("component:default/checkout")
                        .doesNotContain("component:default/payments"));
    }

    @Test
    void tellsTheRecoveryInTheSameThread() throws Exception {
        notifier.team(Map.of("muster.dev/slack-webhook", "payments-bot"), "team@acme.example");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();

        var root = notifier.mails().get(0);
        var answer = notifier.mails().get(1);
        assertThat(Running.header(answer, "In-Reply-To")).isEqualTo(Running.header(root, "Message-ID"));
        assertThat(Running.header(answer, "References")).isEqualTo(Running.header(root, "Message-ID"));
        assertThat(answer.getSubject()).isEqualTo("Re: " + root.getSubject());
        assertThat(notifier.slack.apiCalls()).hasSize(3);
        assertThat(notifier.slack.apiCalls().get(1).path()).isEqualTo("/api/chat.update");
        assertThat(notifier.slack.apiCalls().get(1).body()).contains("\"ts\":\"1790000000.000001\"");
        assertThat(notifier.slack.apiCalls().get(2).body()).contains("\"thread_ts\":\"1790000000.000001\"");
    }

    @Test
    void namesWhatItEndsWhereThereAreNoThreads() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments")).hasSize(2);
        assertThat(notifier.slack.calls("payments").get(1).body())
                .contains("payments recovered", "Ends: “payments regressed: No critical vulnerability is open");
    }

    @Test
    void goesOnInTheThreadWhenMoreBreaks() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(
                regressed(PAYMENTS, 3, "d2", Map.of(VULNERABILITIES, Outcome.FAIL, "has-runbook", Outcome.FAIL)));
        notifier.waitsAndSends();

        assertThat(Running.header(notifier.mails().get(1), "In-Reply-To"))
                .isEqualTo(Running.header(notifier.mails().get(0), "Message-ID"));
    }

    @Test
    void endsTheEpisodeOnlyWhenAllOfItRecovered() {
        notifier.hears(
                regressed(PAYMENTS, 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL, "has-runbook", Outcome.FAIL)));
        notifier.waitsAndSends();
        notifier.hears(
                recovered(PAYMENTS, 3, "d2", Map.of(VULNERABILITIES, Outcome.PASS, "has-runbook", Outcome.FAIL)));
        notifier.waitsAndSends();
        notifier.hears(
                recovered(PAYMENTS, 4, "d3", Map.of(VULNERABILITIES, Outcome.PASS, "has-runbook", Outcome.PASS)));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments")).hasSize(3);
        assertThat(notifier.slack.calls("payments").get(1).body()).contains("partly recovered");
        assertThat(notifier.slack.calls("payments").get(2).body())
                .contains("payments recovered")
                .doesNotContain("partly");
        assertThat(notifier.db()
                        .sql("select count(*) from episodes where closed_at is null")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void tellsTheRecoveryWhereTheRegressionWasToldEvenIfTheTeamMoved() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.team(Map.of(), "moved@acme.example");
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).containsExactly("team@acme.example", "team@acme.example");
    }

    @Test
    void tellsOneMessageAnOwner() {
        notifier.bean(Catalog.class)
                .put(
                        new CatalogEntry("group:default/checkout", "Checkout", null, "checkout@acme.example", Map.of()),
                        NOON);
        notifier.hears(
                regressed("d1"),
                ownedBy(
                        regressed("component:default/checkout", 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)),
                        "group:default/checkout"));
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).containsExactly("checkout@acme.example", "team@acme.example");
    }

    @Test
    void takesTheOwnerOfTheCatalogueWhenTheTransitionHasNone() {
        notifier.hears(ownedBy(regressed("d1"), null));
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).containsExactly("team@acme.example");
    }

    @Test
    void tellsTheFallbackAndWhyWhenNobodyKnowsTheOwner() {
        notifier.hears(ownedBy(regressed("d1"), "group:default/gone"));
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).containsExactly("platform@acme.example");
        assertThat(Running.text(notifier.mails().getFirst())).contains("This came to the fallback");
    }

    @Test
    void saysSoWhenNobodyAtAllCanBeTold() {
        notifier.close();
        notifier = Running.with("muster.notifier.fallback.email=");
        notifier.hears(ownedBy(regressed("d1"), "group:default/gone"));
        notifier.waitsAndSends();

        assertThat(notifier.db()
                        .sql("select state || ' ' || reason from notifications")
                        .query(String.class)
                        .list())
                .containsExactly("FAILED NO_DESTINATION");
        assertThat(notifier.receipts()).containsExactly("none/none FAILED NO_DESTINATION");
    }

    @Test
    void tellsTheFallbackWhenTheCatalogueNamesAnUnknownDestination() {
        notifier.team(Map.of("muster.dev/slack-webhook", "typo"), "team@acme.example");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).containsExactly("platform@acme.example", "team@acme.example");
        assertThat(notifier.deliveries()).contains("slack/typo FAILED UNKNOWN_DESTINATION");
        assertThat(notifier.receipts()).contains("slack/typo FAILED UNKNOWN_DESTINATION");
    }

    @Test
    void floodsNobodyAboutTheLastYear() {
        notifier.bean(Intake.class).accept(regressed("d1"), NOON.minus(Duration.ofDays(2)));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).isEmpty();
        assertThat(reasons()).containsExactly("SUPPRESSED TOO_OLD");
    }

    @Test
    void sendsOneMessageAnOwnerInAStorm() {
        for (var owner = 0; owner < 20; owner++) {
            notifier.bean(Catalog.class)
                    .put(
                            new CatalogEntry(
                                    "group:default/o" + owner,
                                    "o" + owner,
                                    null,
                                    "o" + owner + "@acme.example",
                                    Map.of()),
                            NOON);
        }
        for (var i = 0; i < 1000; i++) {
            notifier.hears(ownedBy(
                    regressed("component:default/c" + i, 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)),
                    "group:default/o" + i % 20));
        }
        notifier.waitsAndSends();

        assertThat(notifier.mails()).hasSize(20);
        assertThat(notifier.db()
                        .sql("select count(*) from transitions where state = 'GROUPED'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1000);
        assertThat(notifier.receipts()).hasSize(20);
    }

    @Test
    void forgetsWhatIsLongOver() {
        notifier.hears(
                regressed("d1"), with(regressed("component:default/x", 1, "d0", Map.of()), TransitionKind.CHANGED));
        notifier.waitsAndSends();
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();
        notifier.db().sql("update receipts set published_at = created_at").update();

        var ledger = notifier.bean(dev.muster.notifier.ledger.Ledger.class);
        assertThat(ledger.forget(notifier.clock.instant().minus(Duration.ofDays(1)), 100))
                .isZero();
        assertThat(ledger.forget(notifier.clock.instant().plusSeconds(1), 100)).isEqualTo(3);
        assertThat(notifier.db()
                        .sql("select count(*) from transitions")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(notifier.deliveries()).isEmpty();
    }

    private List<String> reasons() {
        return notifier.db()
                .sql("select state || coalesce(' ' || reason, '') from transitions order by id")
                .query(String.class)
                .list();
    }

    @Test
    void keepsWhatHostileNamesSayOutOfHeaders() {
        notifier.bean(Catalog.class)
                .put(new CatalogEntry(PAYMENTS, "x\r\nBcc: a@b", Examples.TEAM, null, Map.of()), NOON.plusSeconds(1));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).singleElement().satisfies(it -> {
            assertThat(Running.header(it, "Bcc")).isNull();
            assertThat(it.getSubject()).contains("x Bcc: a@b regressed");
        });
    }
}

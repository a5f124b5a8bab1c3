package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.ownedBy;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.delivery.Claims;
import dev.muster.notifier.delivery.DeliverySettings;
import dev.muster.notifier.delivery.DestinationState;
import dev.muster.notifier.delivery.Destinations;
import dev.muster.notifier.delivery.Dispatcher;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.schemas.v1.Outcome;
import dev.muster.testkit.FakeSlack.Reply;
import dev.muster.testkit.ScriptedSmtp;
import dev.muster.testkit.ScriptedSmtp.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveringTest {

    private Running notifier = Running.usual();

    @AfterEach
    void stop() {
        notifier.close();
    }

    @Test
    void triesAgainUntilItSucceeds() {
        notifier.slack.answer("payments", Reply.status(500), Reply.status(502), Reply.reset());
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        for (var i = 0; i < 3; i++) {
            notifier.clock.pass(Duration.ofMinutes(1));
            notifier.sends();
        }

        assertThat(notifier.slack.calls("payments")).hasSize(4);
        assertThat(notifier.deliveries()).contains("slack/payments-alerts SENT");
        assertThat(notifier.mails())
                .as("the other destination is served at once, and once")
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2,2", "120,120", "'Mon, 23 Nov 2026 12:10:30 GMT',600", "86400,900"})
    void neverComesBackBeforeItWasAskedTo(String retryAfter, long seconds) {
        notifier.slack.answer("payments", Reply.rateLimited(retryAfter));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        notifier.clock.pass(Duration.ofSeconds(seconds).minusMillis(1));
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).hasSize(1);

        notifier.clock.pass(Duration.ofSeconds(11));
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "soon"})
    void waitsOnItsOwnWhenItWasAskedForNothingThatMakesSense(String retryAfter) {
        notifier.slack.answer("payments", Reply.rateLimited(retryAfter));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.clock.pass(Duration.ofMillis(4999));
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).hasSize(1);

        notifier.clock.pass(Duration.ofSeconds(6));
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).hasSize(2);
    }

    @Test
    void pausesTheWholeDestinationAndNoOther() {
        notifier.slack.answer("payments", Reply.rateLimited("60"));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(regressed("component:default/checkout", 2, "d2", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments"))
                .as("nothing is posted to the paused one")
                .hasSize(1);
        assertThat(notifier.mails()).hasSize(2);

        notifier.clock.pass(Duration.ofSeconds(40));
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).hasSize(3);
    }

    @Test
    void leavesTimeBetweenTwoMessagesToOneDestination() {
        notifier.close();
        notifier = Running.with("muster.notifier.slack.pace=1s");
        notifier.hears(
                regressed("d1"),
                regressed("component:default/checkout", 2, "d2", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();
        assertThat(notifier.slack.calls("payments")).hasSize(1);

        notifier.clock.pass(Duration.ofSeconds(1));
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).hasSize(2);
    }

    @Test
    void triesThePlainFormOnceWhenTheBlocksAreRefused() {
        notifier.slack.answer("payments", Reply.status(413));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments")).hasSize(2);
        assertThat(notifier.slack.calls("payments").get(0).body()).contains("\"blocks\"");
        assertThat(notifier.slack.calls("payments").get(1).body()).doesNotContain("\"blocks\"");
        assertThat(notifier.deliveries()).contains("slack/payments-alerts SENT");
    }

    @Test
    void givesUpWhenThePlainFormIsRefusedToo() {
        notifier.slack.answer("payments", Reply.status(413), Reply.status(413));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(notifier.deliveries())
                .contains("slack/payments-alerts FAILED NOT_ACCEPTABLE", "email/fallback ACCEPTED");
    }

    @Test
    void endsWithTheFallbackWhenThatFailsToo() throws IOException {
        try (var smtp = ScriptedSmtp.start()) {
            smtp.on(Stage.RCPT, "550 no such user", "550 no such user");
            notifier.close();
            notifier = Running.with("spring.mail.port=" + smtp.port(), "muster.notifier.fallback.slack=payments-bot");
            notifier.team(Map.of(), "team@acme.example");
            notifier.slack.answerApi(new Reply(401, Map.of(), "", false));
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();
            notifier.clock.pass(Duration.ofDays(2));
            notifier.sends();

            assertThat(notifier.deliveries())
                    .hasSize(3)
                    .allSatisfy(it -> assertThat(it).contains("FAILED"));
            assertThat(notifier.receipts()).as("each failed once").hasSize(3);
        }
    }

    @Test
    void tellsTheFallbackWhatCouldNotBeDelivered() {
        notifier.slack.answer("payments", new Reply(404, Map.of(), "no_team", false));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(notifier.deliveries())
                .containsExactly(
                        "email/group:default/payments-team ACCEPTED",
                        "slack/payments-alerts FAILED GONE",
                        "email/fallback ACCEPTED");
        assertThat(notifier.receipts()).contains("slack/payments-alerts FAILED GONE");
        assertThat(notifier.recipients()).containsExactly("platform@acme.example", "team@acme.example");
        assertThat(Running.text(notifier.mailTo("platform@acme.example")))
                .contains("could not be delivered to slack destination")
                .doesNotContain("/services/");
    }

    @Test
    void tellsEverybodyOnceWhenTheFallbackIsTheOwner() {
        notifier.team(Map.of("muster.dev/slack-webhook", "payments-alerts"), "Platform@acme.example");
        notifier.slack.answer("payments", Reply.status(404));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).hasSize(1);
    }

    @Test
    void givesUpWhenTheBudgetIsSpentAndSaysSo() {
        notifier.close();
        notifier = Running.with("muster.notifier.retry.budget=1h");
        for (var i = 0; i < 100; i++) {
            notifier.slack.answer("payments", Reply.status(503));
        }
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        for (var i = 0; i < 30; i++) {
            notifier.clock.pass(Duration.ofMinutes(5));
            notifier.sends();
        }

        assertThat(notifier.deliveries())
                .contains("slack/payments-alerts FAILED BUDGET_SPENT", "email/fallback ACCEPTED");
        assertThat(notifier.receipts()).contains("slack/payments-alerts FAILED BUDGET_SPENT");
        var attempts = notifier.slack.calls("payments").size();
        notifier.clock.pass(Duration.ofDays(1));
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).hasSize(attempts);
    }

    @Test
    void keepsTryingThroughAnOutageOfEightHours() {
        for (var i = 0; i < 100; i++) {
            notifier.slack.answer("payments", Reply.status(503));
        }
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        for (var i = 0; i < 32; i++) {
            notifier.clock.pass(Duration.ofMinutes(15));
            notifier.sends();
        }
        assertThat(notifier.deliveries()).contains("slack/payments-alerts READY SERVER_ERROR");

        notifier.slack.reset();
        notifier.clock.pass(Duration.ofMinutes(31));
        notifier.sends();

        assertThat(notifier.slack.calls("payments")).hasSize(1);
        assertThat(notifier.deliveries()).contains("slack/payments-alerts SENT");
    }

    @Test
    void holdsARecoveryBackUntilTheRegressionHasEnded() {
        notifier.team(Map.of("muster.dev/slack-webhook", "payments-bot"), "team@acme.example");
        notifier.slack.answerApi(Reply.status(500), Reply.status(500), Reply.status(500));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();
        for (var i = 0; i < 4; i++) {
            notifier.clock.pass(Duration.ofMinutes(2));
            notifier.sends();
        }

        var calls = notifier.slack.apiCalls();
        assertThat(calls).hasSize(6);
        assertThat(calls.get(4).path()).isEqualTo("/api/chat.update");
        assertThat(calls.subList(0, 4)).allSatisfy(it -> assertThat(it.body()).contains("payments regressed"));
        assertThat(calls.getLast().body()).contains("payments recovered", "\"thread_ts\"");
    }

    @Test
    void sendsOnceMoreWithTheSameIdAfterACrashBetweenSendingAndRecording() {
        notifier.hears(regressed("d1"));
        notifier.waits();
        // The ledger refuses what follows the send, as if the process had ended there.
        notifier.db().sql("create sequence crashes").update();
        notifier.db().sql("""
                        create function crash() returns trigger language plpgsql as
                            $$ begin perform nextval('crashes'); raise exception 'the process is gone'; end $$
                        """).update();
        notifier.db()
                .sql(
                        "create trigger crash before update of ended_at on deliveries for each row when (new.state <> 'READY')"
                                + " execute function crash()")
                .update();
        notifier.bean(Dispatcher.class).step();
        Awaitility.await()
                .until(() -> notifier.db()
                                .sql("select last_value from crashes")
                                .query(Integer.class)
                                .single()
                        == 2);
        assertThat(notifier.mails()).hasSize(1);
        assertThat(notifier.slack.calls("payments")).hasSize(1);

        notifier.db().sql("drop trigger crash on deliveries").update();
        notifier.db().sql("drop function crash").update();
        notifier.db().sql("drop sequence crashes").update();
        notifier.bean(Dispatcher.class).step();
        assertThat(notifier.mails()).as("nobody else takes what is claimed").hasSize(1);

        notifier.leasesRunOut();
        notifier.sends(notifier.another());

        assertThat(notifier.mails()).hasSize(2);
        assertThat(Running.header(notifier.mails().get(0), "Message-ID"))
                .isEqualTo(Running.header(notifier.mails().get(1), "Message-ID"));
        assertThat(notifier.slack.calls("payments")).hasSize(2);
        assertThat(notifier.slack.calls("payments").get(0).body())
                .isEqualTo(notifier.slack.calls("payments").get(1).body());
        assertThat(notifier.receipts()).as("one end each").hasSize(2);
    }

    @Test
    void sendsOnceWhatWasClaimedByAnInstanceThatDiedBeforeItSent() {
        notifier.hears(regressed("d1"));
        notifier.waits();
        // Claimed, and nothing else: the process ended there.
        assertThat(Claims.take(notifier.db(), notifier.bean(DeliverySettings.class), notifier.clock.instant()))
                .isEqualTo(2);
        var survivor = notifier.another();
        survivor.step();
        assertThat(notifier.mails()).as("nobody else takes what is claimed").isEmpty();
        notifier.clock.pass(Duration.ofSeconds(31));
        survivor.step();
        assertThat(notifier.db()
                        .sql("select count(*) from deliveries where attempts = 1")
                        .query(Integer.class)
                        .single())
                .as("nor an instance whose clock is ahead")
                .isEqualTo(2);

        notifier.leasesRunOut();
        notifier.sends(survivor);

        assertThat(notifier.mails()).hasSize(1);
        assertThat(notifier.slack.calls("payments")).hasSize(1);
        assertThat(notifier.receipts()).as("one end each").hasSize(2);
    }

    @Test
    void sendsNothingMoreOfWhatAnInstanceRecordedBeforeItDied() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        var survivor = notifier.another();
        for (var i = 0; i < 5; i++) {
            notifier.clock.pass(Duration.ofMinutes(1));
            notifier.sends(survivor);
        }

        assertThat(notifier.mails()).hasSize(1);
        assertThat(notifier.slack.calls("payments")).hasSize(1);
        assertThat(notifier.receipts()).hasSize(2);
    }

    @Test
    void failsForTheOneOfThreeRecipientsThatIsNotThere() throws IOException {
        try (var smtp = ScriptedSmtp.start()) {
            notifier.close();
            notifier = Running.with("spring.mail.port=" + smtp.port());
            for (var owner : List.of("a", "b", "c")) {
                notifier.bean(Catalog.class)
                        .put(
                                new CatalogEntry(
                                        "group:default/" + owner, owner, null, owner + "@acme.example", Map.of()),
                                NOON);
                notifier.hears(ownedBy(
                        regressed("component:default/" + owner, 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)),
                        "group:default/" + owner));
            }
            smtp.on(Stage.RCPT, "550 no such mailbox");
            notifier.waitsAndSends();
            notifier.clock.pass(Duration.ofHours(1));
            notifier.sends();

            assertThat(smtp.mails().stream().map(ScriptedSmtp.Mail::recipient))
                    .as("two owners, and the fallback for the third")
                    .hasSize(3)
                    .doesNotHaveDuplicates()
                    .contains("platform@acme.example");
            assertThat(notifier.deliveries())
                    .filteredOn(it -> it.endsWith("FAILED GONE"))
                    .hasSize(1);
            assertThat(notifier.deliveries())
                    .filteredOn(it -> it.endsWith("ACCEPTED"))
                    .hasSize(3);
        }
    }

    @Test
    void keepsTryingMailThroughAnOutageOfEightHoursAndSendsItOnce() throws IOException {
        try (var smtp = ScriptedSmtp.start()) {
            notifier.close();
            notifier = Running.with("spring.mail.port=" + smtp.port());
            for (var i = 0; i < 60; i++) {
                smtp.on(Stage.BANNER, "421 too busy");
            }
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();
            for (var i = 0; i < 32; i++) {
                notifier.clock.pass(Duration.ofMinutes(15));
                notifier.sends();
            }
            assertThat(smtp.mails()).isEmpty();
            assertThat(notifier.deliveries()).anyMatch(it -> it.startsWith("email/") && it.contains(" READY "));

            while (smtp.mails().isEmpty()) {
                notifier.clock.pass(Duration.ofMinutes(16));
                notifier.sends();
            }
            notifier.clock.pass(Duration.ofHours(1));
            notifier.sends();

            assertThat(smtp.mails()).hasSize(1);
            assertThat(notifier.deliveries()).anyMatch(it -> it.startsWith("email/") && it.endsWith(" ACCEPTED"));
        }
    }

    @Test
    void sharesTheLedgerBetweenTwoInstancesWithoutSendingTwice() {
        for (var owner = 0; owner < 60; owner++) {
            notifier.bean(Catalog.class)
                    .put(
                            new CatalogEntry(
                                    "group:default/o" + owner,
                                    "o" + owner,
                                    null,
                                    "o" + owner + "@acme.example",
                                    Map.of()),
                            NOON);
            notifier.hears(ownedBy(
                    regressed("component:default/c" + owner, 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)),
                    "group:default/o" + owner));
        }
        notifier.waits();
        notifier.sends(notifier.bean(Dispatcher.class), notifier.another());

        assertThat(notifier.recipients()).hasSize(60).doesNotHaveDuplicates();
        assertThat(notifier.receipts()).hasSize(60);
    }

    @Test
    void pausesMailWhenTheServerRefusesTheLogin() throws IOException {
        try (var smtp = ScriptedSmtp.start()) {
            notifier.close();
            notifier = Running.with(
                    "spring.mail.port=" + smtp.port(),
                    "spring.mail.username=muster",
                    "spring.mail.password=hunter2",
                    "spring.mail.properties.mail.smtp.auth=true");
            smtp.on(Stage.AUTH, "535 no", "535 no", "535 no");
            notifier.hears(
                    regressed("d1"),
                    ownedBy(
                            regressed("component:default/x", 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)),
                            "group:default/x"));
            notifier.waitsAndSends();
            notifier.clock.pass(Duration.ofMinutes(4));
            notifier.sends();

            assertThat(logins(smtp)).as("one mail tries it, and no other").isEqualTo(1);
            assertThat(notifier.slack.calls("payments")).as("Slack goes on").hasSize(1);
        }
    }

    @Test
    void triesAPasswordThatTurnedWrongMeanwhileWithOneMailOnly() throws IOException {
        try (var smtp = ScriptedSmtp.start()) {
            notifier.close();
            notifier = Running.with(
                    "spring.mail.port=" + smtp.port(),
                    "spring.mail.username=muster",
                    "spring.mail.password=hunter2",
                    "spring.mail.properties.mail.smtp.auth=true");
            mailTo(10, "first");
            notifier.waitsAndSends();
            assertThat(smtp.mails()).as("the server is known to answer").hasSize(10);
            var before = logins(smtp);
            for (var i = 0; i < 10; i++) {
                smtp.on(Stage.AUTH, "535 no");
            }
            notifier.clock.pass(Duration.ofMinutes(5));
            mailTo(10, "second");
            notifier.waitsAndSends();

            assertThat(logins(smtp) - before).isEqualTo(1);
        }
    }

    private static long logins(ScriptedSmtp smtp) {
        return smtp.commands().stream().filter("AUTH"::equals).count();
    }

    @Test
    void triesAMailAgainWithTheSameIdWhenTheConnectionBreaksAfterTheFinalDot() throws IOException {
        try (var smtp = ScriptedSmtp.start()) {
            notifier.close();
            notifier = Running.with("spring.mail.port=" + smtp.port());
            smtp.on(Stage.BODY, ScriptedSmtp.DROP);
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();
            notifier.clock.pass(Duration.ofSeconds(10));
            notifier.sends();

            assertThat(smtp.mails()).hasSize(2);
            assertThat(smtp.mails()
                            .get(0)
                            .text()
                            .lines()
                            .filter(it -> it.startsWith("Message-ID"))
                            .toList())
                    .isEqualTo(smtp.mails()
                            .get(1)
                            .text()
                            .lines()
                            .filter(it -> it.startsWith("Message-ID"))
                            .toList());
        }
    }

    /// Owners `group:default/o0` and so on, each with a mail address and a regression that is told by mail only.
    private void mailTo(int owners, String delivery) {
        for (var i = 0; i < owners; i++) {
            var owner = "group:default/o" + i;
            notifier.bean(Catalog.class)
                    .put(new CatalogEntry(owner, "o" + i, null, "o" + i + "@acme.example", Map.of()), NOON);
            notifier.hears(ownedBy(
                    regressed(
                            "component:default/" + delivery + "-" + i,
                            2,
                            delivery,
                            Map.of(VULNERABILITIES, Outcome.FAIL)),
                    owner));
        }
    }

    private int underWay(String channel) {
        return notifier.db()
                .sql(
                        "select count(*) from deliveries where channel = :channel and state = 'READY' and lease is not null")
                .param("channel", channel)
                .query(Integer.class)
                .single();
    }

    @Test
    void sendsToSlackWhileEveryMailHangs() throws IOException {
        try (var smtp = ScriptedSmtp.start()) {
            notifier.close();
            notifier = Running.with(
                    "spring.mail.port=" + smtp.port(),
                    "spring.mail.properties.mail.smtp.timeout=600000",
                    "muster.notifier.send-within=600s",
                    "muster.notifier.parallel=40");
            mailTo(1, "first");
            notifier.waitsAndSends();
            assertThat(smtp.mails()).as("the server is known to answer").hasSize(1);
            for (var i = 0; i < 40; i++) {
                smtp.on(Stage.EHLO, ScriptedSmtp.HANG);
            }
            mailTo(40, "second");
            notifier.waits();
            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
                notifier.bean(Dispatcher.class).step();
                return underWay("email") == 40;
            });
            notifier.team(
                    Map.of("muster.dev/slack-webhook", "payments-alerts", "muster.dev/email", "none"),
                    "team@acme.example");
            notifier.hears(regressed("d1"));
            notifier.waits();

            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
                notifier.bean(Dispatcher.class).step();
                return notifier.deliveries().contains("slack/payments-alerts SENT");
            });

            assertThat(underWay("email")).as("all mails still hang").isEqualTo(40);
        }
    }

    @Test
    void triesAServerThatHangsWithOneMailAtATimeAndBlamesNoAddress() throws IOException {
        try (var smtp = ScriptedSmtp.start()) {
            notifier.close();
            notifier = Running.with("spring.mail.port=" + smtp.port(), "spring.mail.properties.mail.smtp.timeout=300");
            smtp.on(Stage.MAIL, ScriptedSmtp.HANG, ScriptedSmtp.HANG);
            mailTo(10, "d1");
            notifier.waitsAndSends();
            assertThat(smtp.commands().stream().filter("MAIL"::equals)).hasSize(1);
            assertThat(notifier.bean(Destinations.class).all())
                    .filteredOn(it -> it.channel() == ChannelName.EMAIL)
                    .hasSize(10)
                    .allSatisfy(it -> {
                        assertThat(it.state()).isEqualTo(DestinationState.State.PAUSED);
                        assertThat(it.reason()).isEqualTo("TIMED_OUT");
                        assertThat(it.detail()).contains("mail server");
                    });

            notifier.clock.pass(Duration.ofSeconds(10));
            notifier.sends();
            assertThat(smtp.commands().stream().filter("MAIL"::equals)).hasSize(2);
            assertThat(notifier.db()
                            .sql("select lane from troubles")
                            .query(String.class)
                            .list())
                    .containsExactly("email");

            notifier.clock.pass(Duration.ofSeconds(20));
            notifier.sends();
            assertThat(smtp.mails()).hasSize(10);
            assertThat(notifier.db()
                            .sql("select lane from troubles")
                            .query(String.class)
                            .list())
                    .isEmpty();
        }
    }

    @Test
    void triesAgainAndBlamesNobodyWhenItsOwnDatabaseIsInTrouble() {
        notifier.db()
                .sql("alter table unsubscribed rename to unsubscribed_away")
                .update();
        try {
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();
        } finally {
            notifier.db()
                    .sql("alter table unsubscribed_away rename to unsubscribed")
                    .update();
        }
        assertThat(notifier.deliveries())
                .containsExactly("email/group:default/payments-team READY OWN_TROUBLE", "slack/payments-alerts SENT");
        assertThat(notifier.db()
                        .sql("select count(*) from troubles")
                        .query(Integer.class)
                        .single())
                .isZero();

        notifier.clock.pass(Duration.ofSeconds(10));
        notifier.sends();

        assertThat(notifier.deliveries()).contains("email/group:default/payments-team ACCEPTED");
        assertThat(notifier.mails()).hasSize(1);
    }

    @Test
    void pausesAllDestinationsOfABotThatIsToldToWaitAndNoOther() {
        notifier.close();
        notifier = Running.with(
                "muster.notifier.destinations.checkout-bot.type=slack-bot",
                "muster.notifier.destinations.checkout-bot.token=xoxb-hunter2",
                "muster.notifier.destinations.checkout-bot.channel=C0CHECKOUT",
                "muster.notifier.destinations.other-bot.type=slack-bot",
                "muster.notifier.destinations.other-bot.token=xoxb-hunter3",
                "muster.notifier.destinations.other-bot.channel=C0OTHER");
        notifier.team(Map.of("muster.dev/slack-webhook", "payments-bot", "muster.dev/email", "none"), "");
        notifier.slack.answerApi(Reply.rateLimited("60"));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.team(Map.of("muster.dev/destinations", "checkout-bot,other-bot", "muster.dev/email", "none"), "");
        notifier.hears(regressed("component:default/checkout", 2, "d2", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();

        assertThat(notifier.deliveries())
                .containsExactlyInAnyOrder(
                        "slack/payments-bot READY RATE_LIMITED", "slack/checkout-bot READY", "slack/other-bot SENT");
        assertThat(notifier.slack.apiCalls()).hasSize(2);

        notifier.clock.pass(Duration.ofSeconds(40));
        notifier.sends();
        assertThat(notifier.deliveries()).contains("slack/checkout-bot SENT");
    }

    @Test
    void letsAMessageThatCannotBeReadFailAlone() {
        notifier.hears(regressed("d1"));
        notifier.waits();
        notifier.db()
                .sql("update notifications set content = '{\"direction\": \"NOWHERE\"}'")
                .update();
        notifier.hears(regressed("component:default/checkout", 2, "d2", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();

        assertThat(notifier.deliveries()).contains("slack/payments-alerts FAILED BROKEN", "slack/payments-alerts SENT");
    }

    @Test
    void letsAMessageThatCannotBeMadeFailAlone() {
        notifier.hears(regressed("d1"));
        notifier.db()
                .sql("update transitions set body = '{\"kind\": \"NOWHERE\"}'")
                .update();
        notifier.hears(regressed("component:default/checkout", 2, "d2", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();

        assertThat(notifier.receipts()).contains("none/none FAILED BROKEN", "slack/payments-alerts SENT");
    }
}

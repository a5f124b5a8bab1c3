package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.ownedBy;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.DestinationState;
import dev.muster.notifier.delivery.DestinationState.State;
import dev.muster.notifier.delivery.Destinations;
import dev.muster.notifier.delivery.Dispatcher;
import dev.muster.notifier.delivery.Redriving;
import dev.muster.notifier.delivery.Trial;
import dev.muster.notifier.fakes.FakeOpsgenie;
import dev.muster.notifier.fakes.FakePagerDuty;
import dev.muster.notifier.fakes.FakeTeams;
import dev.muster.notifier.fakes.FakeWebhook;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.Outcome;
import dev.muster.testkit.FakeSlack.Reply;
import dev.muster.testkit.ScriptedSmtp;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/// What operators see of destinations and do with them, and the channels that only they can set up.
@ExtendWith(OutputCaptureExtension.class)
class DestinationsTest {

    private static final String CHECKOUT = "component:default/checkout";
    private static final String SECRET = "whsec_aHVudGVyMi1odW50ZXIyLWh1bnRlcjItbmV3LWtleQ==";

    private Running notifier = Running.usual();

    @AfterEach
    void stop() {
        notifier.close();
    }

    private static Transition checkout(String delivery) {
        return regressed(CHECKOUT, 2, delivery, Map.of(VULNERABILITIES, Outcome.FAIL));
    }

    private DestinationState state(String name) {
        return notifier.bean(Destinations.class).all().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private double troubled(String state) {
        return notifier.bean(MeterRegistry.class)
                .get("muster.notifier.destinations.troubled")
                .tags("channel", "slack", "state", state)
                .gauge()
                .value();
    }

    @Test
    void pausesADestinationThatFailsAgainAndAgainAndShowsIt() {
        notifier.slack.answer("payments", Reply.status(503), Reply.status(503), Reply.reset());
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        assertThat(state("payments-alerts").state()).isEqualTo(State.FAILING);
        notifier.clock.pass(Duration.ofSeconds(10));
        notifier.sends();
        notifier.clock.pass(Duration.ofSeconds(20));
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).hasSize(3);

        assertThat(state("payments-alerts")).satisfies(it -> {
            assertThat(it.state()).isEqualTo(State.PAUSED);
            assertThat(it.pausedUntil()).isAfter(notifier.clock.instant());
            assertThat(it.reason()).isEqualTo("UNREACHABLE");
            assertThat(it.failures()).isEqualTo(3);
            assertThat(it.waiting()).isEqualTo(1);
            assertThat(it.toString()).doesNotContain("/services/", "localhost");
        });
        assertThat(troubled("paused")).isEqualTo(1);

        notifier.clock.pass(Duration.ofMinutes(5));
        notifier.sends();

        assertThat(state("payments-alerts").state()).isEqualTo(State.OK);
        assertThat(troubled("paused")).isZero();
        assertThat(notifier.deliveries()).contains("slack/payments-alerts SENT");
    }

    @Test
    void sendsNothingNewToAPausedDestinationUntilItIsTriedAgain() {
        for (var i = 0; i < 3; i++) {
            notifier.slack.answer("payments", Reply.status(500));
        }
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        for (var i = 0; i < 2; i++) {
            notifier.clock.pass(Duration.ofSeconds(20));
            notifier.sends();
        }
        notifier.db()
                .sql("update pauses set until = until + interval '1 hour' where reason = 'FAILING'")
                .update();
        notifier.hears(checkout("d2"));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments")).hasSize(3);
        assertThat(notifier.mails()).as("the other destination goes on").hasSize(2);
        assertThat(state("payments-alerts").waiting()).isEqualTo(2);
    }

    @Test
    void holdsNobodyUpWhileADestinationInTroubleHangs() {
        notifier.close();
        notifier = Running.with("muster.notifier.parallel=1");
        notifier.slack.answer("payments", Reply.status(500), Reply.never());
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(checkout("d2"));
        notifier.waits();

        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            notifier.bean(Dispatcher.class).step();
            return notifier.mails().size() == 2;
        });

        assertThat(notifier.slack.calls("payments")).as("it is under way").hasSize(2);
        assertThat(notifier.deliveries()).as("and has not ended").contains("slack/payments-alerts READY SERVER_ERROR");
    }

    @Test
    void saysWhichDestinationSomebodyHasToMend() {
        notifier.slack.answer("payments", new Reply(403, Map.of(), "invalid_token", false));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(state("payments-alerts")).satisfies(it -> {
            assertThat(it.state()).isEqualTo(State.BROKEN);
            assertThat(it.reason()).isEqualTo("UNAUTHORISED");
            assertThat(it.failed()).isEqualTo(1);
        });
        assertThat(state("payments-bot").state()).isEqualTo(State.OK);
        assertThat(troubled("broken")).isEqualTo(1);
    }

    @Test
    void triesAgainWhatFailedWhenSomebodyAsksForIt() {
        notifier.slack.answer("payments", new Reply(404, Map.of(), "no_team", false));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        assertThat(notifier.deliveries()).contains("slack/payments-alerts FAILED GONE");

        assertThat(notifier.bean(Redriving.class).redrive(null, "typo")).isZero();
        assertThat(notifier.bean(Redriving.class).redrive(null, "payments-alerts"))
                .isEqualTo(1);
        notifier.sends();

        assertThat(notifier.deliveries()).contains("slack/payments-alerts SENT");
        assertThat(notifier.receipts())
                .containsSubsequence("slack/payments-alerts FAILED GONE", "slack/payments-alerts SENT");
        assertThat(notifier.slack.calls("payments").get(0).body())
                .as("the same message with the same id")
                .isEqualTo(notifier.slack.calls("payments").get(1).body());
        assertThat(notifier.bean(Redriving.class).redrive(null, "payments-alerts"))
                .as("nothing is left")
                .isZero();
    }

    private int redriven(String destination) {
        var redriven = notifier.bean(Redriving.class).redrive(null, destination);
        while (notifier.bean(Closing.class).closeOne()) {}
        notifier.sends();
        return redriven;
    }

    private List<String> notifications() {
        return notifier.db()
                .sql("select state || coalesce(' ' || reason, '') from notifications")
                .query(String.class)
                .list();
    }

    @Test
    void tellsWhatReachedNobodyOnceThereIsSomebody() {
        notifier.close();
        notifier = Running.with("muster.notifier.fallback.email=");
        notifier.hears(ownedBy(regressed("d1"), "group:default/new"));
        notifier.waitsAndSends();
        assertThat(notifications()).containsExactly("FAILED NO_DESTINATION");
        assertThat(notifier.bean(Redriving.class).owners(null, "none")).containsExactly("group:default/new");
        assertThat(redriven("none")).isEqualTo(1);
        assertThat(notifications()).as("there is still nobody").containsExactly("FAILED NO_DESTINATION");

        notifier.bean(Catalog.class)
                .put(new CatalogEntry("group:default/new", "new", null, "new@acme.example", Map.of()), NOON);
        assertThat(redriven("payments-alerts")).as("it did not fail there").isZero();
        assertThat(redriven("none")).isEqualTo(1);

        assertThat(notifications()).containsExactly("READY");
        assertThat(notifier.deliveries()).containsExactly("email/group:default/new ACCEPTED");
        assertThat(notifier.recipients()).containsExactly("new@acme.example");
        assertThat(redriven("none")).as("nothing is left").isZero();
    }

    @Test
    void makesAMessageOnceMoreThatCouldNotBeMade() {
        notifier.hears(regressed("d1"));
        notifier.db()
                .sql("create table kept as select id, body from transitions")
                .update();
        notifier.db()
                .sql("update transitions set body = '{\"kind\": \"NOWHERE\"}'")
                .update();
        notifier.waitsAndSends();
        assertThat(notifications()).containsExactly("FAILED BROKEN");
        assertThat(notifier.deliveries()).isEmpty();

        notifier.db()
                .sql("update transitions t set body = k.body from kept k where k.id = t.id")
                .update();
        notifier.db().sql("drop table kept").update();
        var id = notifier.db()
                .sql("select id from notifications")
                .query(String.class)
                .single();
        assertThat(notifier.bean(Redriving.class).redrive(id, null)).isEqualTo(1);
        while (notifier.bean(Closing.class).closeOne()) {}
        notifier.sends();

        assertThat(notifications()).containsExactly("READY");
        assertThat(notifier.deliveries()).hasSize(2).contains("slack/payments-alerts SENT");
    }

    @Test
    void triesAgainWhereDestinationsAreByNow() {
        notifier.team(Map.of("muster.dev/destinations", "room", "muster.dev/email", "not an address"), null);
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        assertThat(notifier.deliveries())
                .contains("email/%s FAILED BAD_ADDRESS".formatted(TEAM), "webhook/room FAILED UNKNOWN_DESTINATION");

        // As if the operator had configured the name since, as a bot of Slack.
        notifier.db()
                .sql("update deliveries set destination = 'payments-bot', lane = 'webhook/payments-bot'"
                        + " where destination = 'room'")
                .update();
        notifier.team(Map.of("muster.dev/email", "team@acme.example"), null);
        assertThat(redriven("payments-bot")).isEqualTo(1);
        assertThat(redriven(TEAM)).isEqualTo(1);

        assertThat(notifier.deliveries()).contains("email/%s ACCEPTED".formatted(TEAM), "slack/payments-bot SENT");
        assertThat(notifier.recipients()).contains("team@acme.example");
    }

    @Test
    void triesAMailAddressNoMoreThatWasRefusedTooOftenUntilSomebodyReleasesIt() throws IOException {
        try (var smtp = ScriptedSmtp.start()) {
            notifier.close();
            notifier = Running.with("spring.mail.port=" + smtp.port(), "muster.notifier.email.refusals=2");
            notifier.team(Map.of(), "gone@acme.example");
            for (var i = 0; i < 3; i++) {
                smtp.on(ScriptedSmtp.Stage.RCPT, i < 2 ? "550 no such user" : "250 fine");
                notifier.hears(regressed("component:default/c" + i, 2, "d" + i, Map.of(VULNERABILITIES, Outcome.FAIL)));
                notifier.waitsAndSends();
            }

            assertThat(notifier.deliveries())
                    .filteredOn(it -> it.startsWith("email/" + TEAM))
                    .containsExactly(
                            "email/%s FAILED GONE".formatted(TEAM),
                            "email/%s FAILED GONE".formatted(TEAM),
                            "email/%s FAILED REFUSED_OFTEN".formatted(TEAM));
            assertThat(smtp.mails())
                    .as("the fallback hears each time")
                    .extracting(ScriptedSmtp.Mail::recipient)
                    .hasSize(3)
                    .allSatisfy(it -> assertThat(it).contains("platform@acme.example"));
            assertThat(state(TEAM)).satisfies(it -> {
                assertThat(it.state()).isEqualTo(State.SUPPRESSED);
                assertThat(it.toString()).doesNotContain("gone@");
            });

            assertThat(notifier.bean(Destinations.class).release("nobody")).isFalse();
            assertThat(notifier.bean(Destinations.class).release(TEAM)).isTrue();
            assertThat(notifier.bean(Destinations.class).release(TEAM))
                    .as("once")
                    .isFalse();
            notifier.hears(regressed("component:default/c9", 2, "d9", Map.of(VULNERABILITIES, Outcome.FAIL)));
            notifier.waitsAndSends();

            assertThat(smtp.mails())
                    .last()
                    .satisfies(it -> assertThat(it.recipient()).contains("gone@acme.example"));
            assertThat(state(TEAM).state()).isEqualTo(State.OK);
        }
    }

    @Test
    void triesADestinationPastTheLedger() {
        var trial = notifier.bean(Trial.class);

        assertThat(trial.send("payments-alerts")).containsInstanceOf(Attempt.Delivered.class);
        assertThat(trial.send("fallback")).containsInstanceOf(Attempt.Accepted.class);
        assertThat(trial.send("nobody")).isEmpty();
        assertThat(trial.send(TEAM)).as("the mail of a team").containsInstanceOf(Attempt.Accepted.class);
        notifier.slack.answer("payments", new Reply(404, Map.of(), "no_team", false));
        assertThat(trial.send("payments-alerts"))
                .hasValueSatisfying(
                        it -> assertThat(((Attempt.GivenUp) it).reason()).isEqualTo(FailedBecause.GONE));

        assertThat(notifier.slack.calls("payments").getFirst().body())
                .contains("This is a test of the destination “payments-alerts”");
        assertThat(notifier.recipients()).containsExactly("platform@acme.example", "team@acme.example");
        assertThat(notifier.deliveries()).isEmpty();
        assertThat(notifier.receipts()).isEmpty();
    }

    @Test
    void letsAFewGoAtOnceAndThenOneAtATime() {
        notifier.close();
        notifier = Running.with(
                "muster.notifier.destinations.payments-alerts.pace=60s",
                "muster.notifier.destinations.payments-alerts.burst=2");
        notifier.hears(
                regressed("d1"),
                checkout("d2"),
                regressed("component:default/c", 2, "d3", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();
        assertThat(notifier.slack.calls("payments")).hasSize(2);
        assertThat(state("payments-alerts").state())
                .as("to wait its turn is no trouble")
                .isEqualTo(State.OK);

        notifier.clock.pass(Duration.ofSeconds(59));
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).hasSize(2);
        notifier.clock.pass(Duration.ofSeconds(1));
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).hasSize(3);
    }

    @Test
    void sendsNoMailToWhoWantsNone() {
        notifier.db()
                .sql("insert into unsubscribed (address, at) values (:address, now())")
                .param("address", dev.muster.notifier.text.Digest.of("unsubscribed", "team@acme.example"))
                .update();
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).isEmpty();
        assertThat(notifier.deliveries())
                .containsExactly(
                        "email/group:default/payments-team SUPPRESSED UNSUBSCRIBED", "slack/payments-alerts SENT");
        assertThat(notifier.receipts()).contains("email/group:default/payments-team SUPPRESSED UNSUBSCRIBED");
    }

    @Test
    void keepsOneIncidentUntilAllThatItToldHasRecovered() {
        try (var pagerDuty = new FakePagerDuty()) {
            startWith(pagerDuty);
            notifier.hears(regressed("d1"), checkout("d1"));
            notifier.waitsAndSends();
            assertThat(pagerDuty.open()).hasSize(1);

            notifier.hears(recovered("d2"));
            notifier.waitsAndSends();
            assertThat(pagerDuty.open()).as("checkout is still bad").hasSize(1);

            notifier.hears(recovered(CHECKOUT, 3, "d3", Map.of(VULNERABILITIES, Outcome.PASS)));
            notifier.waitsAndSends();
            assertThat(pagerDuty.open()).isEmpty();
            assertThat(notifier.deliveries()).hasSize(3).allMatch("pagerduty/pager ACCEPTED"::equals);
        }
    }

    @Test
    void wakesNobodyForWhatRecoveredWhilePagerDutyCouldNotBeReached() {
        try (var pagerDuty = new FakePagerDuty()) {
            startWith(pagerDuty);
            pagerDuty.answer(Reply.status(503));
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();
            notifier.hears(recovered("d2"));
            notifier.waitsAndSends();
            notifier.clock.pass(Duration.ofMinutes(1));
            notifier.sends();

            assertThat(pagerDuty.open()).isEmpty();
            assertThat(notifier.deliveries())
                    .containsExactly("pagerduty/pager SUPPRESSED NO_LONGER_SO", "pagerduty/pager ACCEPTED");
            assertThat(pagerDuty.calls().stream()
                            .map(it -> it.json().path("event_action").asString()))
                    .containsExactly("trigger", "resolve");
        }
    }

    @Test
    void closesTheIncidentThatATestOpens() {
        try (var pagerDuty = new FakePagerDuty()) {
            startWith(pagerDuty);

            assertThat(notifier.bean(Trial.class).send("pager")).containsInstanceOf(Attempt.Accepted.class);

            assertThat(pagerDuty.calls()).hasSize(2);
            assertThat(pagerDuty.open()).isEmpty();
        }
    }

    private void startWith(FakeTeams teams) {
        notifier.close();
        notifier = Running.with(
                "muster.notifier.destinations.room.type=teams", "muster.notifier.destinations.room.url=" + teams.url());
        notifier.team(
                Map.of("muster.dev/destinations", "room", "muster.dev/slack-webhook", "payments-alerts"),
                "team@acme.example");
    }

    @Test
    void pausesARoomOfTeamsForAsLongAsItAsksAndNoOther() {
        try (var teams = new FakeTeams()) {
            startWith(teams);
            teams.answer(Reply.rateLimited("600"));
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();
            notifier.hears(checkout("d2"));
            notifier.waitsAndSends();
            notifier.clock.pass(Duration.ofSeconds(560));
            notifier.sends();
            assertThat(teams.calls()).as("never earlier than it asked for").hasSize(1);
            assertThat(notifier.slack.calls("payments")).as("others go on").hasSize(2);

            notifier.clock.pass(Duration.ofMinutes(4));
            notifier.sends();
            notifier.clock.pass(Duration.ofMinutes(1));
            notifier.sends();

            var ids = teams.calls().stream()
                    .map(it -> it.headers().get("x-muster-notification"))
                    .toList();
            assertThat(ids).hasSize(3).first().isEqualTo(ids.get(1));
            assertThat(notifier.deliveries())
                    .filteredOn("teams/room ACCEPTED"::equals)
                    .hasSize(2);
        }
    }

    @Test
    void triesARoomOfTeamsAgainThatIsInTroubleAndSendsItOnce() {
        try (var teams = new FakeTeams()) {
            startWith(teams);
            teams.answer(Reply.status(500), Reply.status(502), Reply.reset());
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();
            for (var i = 0; i < 6; i++) {
                notifier.clock.pass(Duration.ofMinutes(1));
                notifier.sends();
            }

            assertThat(teams.calls()).hasSize(4);
            assertThat(teams.calls().stream()
                            .map(it -> it.headers().get("x-muster-notification"))
                            .distinct())
                    .as("one id in every attempt")
                    .hasSize(1);
            assertThat(notifier.deliveries()).contains("teams/room ACCEPTED");
        }
    }

    @Test
    void sendsTheShortFormOnceToARoomOfTeamsThatFindsACardTooLarge() {
        try (var teams = new FakeTeams()) {
            startWith(teams);
            teams.answer(Reply.status(413));
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();
            notifier.clock.pass(Duration.ofMinutes(1));
            notifier.sends();

            assertThat(teams.calls()).hasSize(2);
            assertThat(teams.calls().getLast().body().length())
                    .isLessThan(teams.calls().getFirst().body().length());
            assertThat(notifier.deliveries()).contains("teams/room ACCEPTED");

            teams.answer(Reply.status(413), Reply.status(413));
            notifier.hears(checkout("d2"));
            notifier.waitsAndSends();
            notifier.clock.pass(Duration.ofHours(1));
            notifier.sends();
            assertThat(teams.calls()).as("the short form is refused too").hasSize(4);
            assertThat(notifier.deliveries()).contains("teams/room FAILED NOT_ACCEPTABLE", "email/fallback ACCEPTED");
        }
    }

    @Test
    void tellsTheFallbackOfAWorkflowThatIsGone() {
        try (var teams = new FakeTeams()) {
            startWith(teams);
            teams.answer(FakeTeams.error(404, "WorkflowNotFound"));
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();

            assertThat(state("room").state()).isEqualTo(State.BROKEN);
            assertThat(notifier.deliveries())
                    .contains("teams/room FAILED GONE", "email/fallback ACCEPTED", "slack/payments-alerts SENT");
            assertThat(Running.text(notifier.mailTo("platform@acme.example")))
                    .contains("could not be delivered", "room");
        }
    }

    private void startWith(FakePagerDuty pagerDuty) {
        notifier.close();
        notifier = Running.with(
                "muster.notifier.destinations.pager.type=pagerduty",
                "muster.notifier.destinations.pager.url=" + pagerDuty.api(),
                "muster.notifier.destinations.pager.key=" + FakePagerDuty.KEY,
                "muster.notifier.destinations.pager.pace=0s",
                "muster.notifier.fallback.email=",
                "muster.notifier.fallback.destinations=pager");
        notifier.team(Map.of(), "");
        notifier.db().sql("update catalog set email = null").update();
    }

    @Test
    void boundsTheTimeOfMailOverTlsLikeThatOfOther() {
        var properties = notifier.bean(JavaMailSenderImpl.class).getJavaMailProperties();

        assertThat(properties.stringPropertyNames())
                .filteredOn(it -> it.startsWith("mail.smtp."))
                .contains("mail.smtp.connectiontimeout", "mail.smtp.timeout", "mail.smtp.writetimeout")
                .allSatisfy(it -> assertThat(properties.getProperty(it.replace("mail.smtp.", "mail.smtps.")))
                        .as(it)
                        .isEqualTo(properties.getProperty(it)));
    }

    @Test
    void writesNoSecretIntoTheLogWhicheverChannelFails(CapturedOutput output) throws IOException {
        try (var teams = new FakeTeams();
                var pagerDuty = new FakePagerDuty();
                var opsgenie = new FakeOpsgenie();
                var webhook = new FakeWebhook();
                var smtp = ScriptedSmtp.start()) {
            var slack = notifier.slack;
            notifier.close();
            notifier = Running.with(
                    "spring.mail.port=" + smtp.port(),
                    "spring.mail.username=muster",
                    "spring.mail.password=hunter2-mail",
                    "spring.mail.properties.mail.smtp.auth=true",
                    "muster.notifier.destinations.payments-alerts.url=" + slack.webhook("hunter2-slack"),
                    "muster.notifier.destinations.room.type=teams",
                    "muster.notifier.destinations.room.url=" + teams.url(),
                    "muster.notifier.destinations.pager.type=pagerduty",
                    "muster.notifier.destinations.pager.url=" + pagerDuty.api(),
                    "muster.notifier.destinations.pager.key=" + FakePagerDuty.KEY,
                    "muster.notifier.destinations.alerts.type=opsgenie",
                    "muster.notifier.destinations.alerts.url=" + opsgenie.api(),
                    "muster.notifier.destinations.alerts.key=" + FakeOpsgenie.KEY,
                    "muster.notifier.destinations.hook.type=webhook",
                    "muster.notifier.destinations.hook.url=" + webhook.at("/in?token=hunter2-hook"),
                    "muster.notifier.destinations.hook.headers.authorization=Bearer hunter2-header",
                    "muster.notifier.destinations.hook.secrets=" + SECRET);
            notifier.team(
                    Map.of("muster.dev/destinations", "payments-alerts,payments-bot,room,pager,alerts,hook"),
                    "hunter2@acme.example");
            smtp.on(ScriptedSmtp.Stage.AUTH, "535 no hunter2-mail here");
            slack.answer("hunter2-slack", Reply.reset());
            notifier.slack.answerApi(new Reply(500, Map.of(), "xoxb-hunter2", false));
            teams.answer(FakeTeams.error(401, "hunter2"));
            pagerDuty.answer(new Reply(400, Map.of(), FakePagerDuty.KEY, false));
            opsgenie.answer(new Reply(403, Map.of(), FakeOpsgenie.KEY, false));
            webhook.answer(Reply.reset());
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();
            smtp.on(ScriptedSmtp.Stage.RCPT, "550 hunter2@acme.example is not here", "550 nor hunter2");
            notifier.clock.pass(Duration.ofMinutes(10));
            notifier.sends();

            assertThat(notifier.deliveries())
                    .contains("email/%s FAILED GONE".formatted(TEAM), "teams/room FAILED UNAUTHORISED");
            assertThat(output.getAll())
                    .contains("Gave up notification", "is tried again in", "All of email waits")
                    .doesNotContain("hunter2", "aHVudGVy");
        }
    }

    @Test
    void keepsNoAddressAndNoCredentialInTheLedger() {
        try (var teams = new FakeTeams();
                var webhook = new FakeWebhook()) {
            notifier.close();
            notifier = Running.with(
                    "muster.notifier.destinations.cards.type=teams",
                    "muster.notifier.destinations.cards.url=" + teams.url(),
                    "muster.notifier.destinations.hook.type=webhook",
                    "muster.notifier.destinations.hook.url=" + webhook.at("/in?token=hunter2"),
                    "muster.notifier.destinations.hook.headers.authorization=Bearer hunter2",
                    "muster.notifier.destinations.hook.secrets=" + SECRET,
                    "muster.notifier.fallback.destinations=cards,hook");
            notifier.team(Map.of("muster.dev/slack-webhook", "unknown"), "team@acme.example");
            teams.answer(FakeTeams.error(401, "DirectApiAuthorizationRequired"));
            webhook.answer(Reply.status(503), Reply.reset());
            notifier.hears(regressed("d1"));
            notifier.waitsAndSends();
            notifier.clock.pass(Duration.ofMinutes(1));
            notifier.sends();
            notifier.clock.pass(Duration.ofMinutes(1));
            notifier.sends();

            assertThat(notifier.deliveries())
                    .contains("teams/cards FAILED UNAUTHORISED", "webhook/hook ACCEPTED", "email/fallback ACCEPTED");
            assertThat(webhook.calls().stream().map(it -> it.headers().get("webhook-id")))
                    .as("the same id in every attempt")
                    .hasSize(3)
                    .containsOnly(webhook.calls().getFirst().headers().get("webhook-id"));
            for (var table : notifier.db()
                    .sql("select table_name from information_schema.tables where table_schema = 'public'")
                    .query(String.class)
                    .list()) {
                assertThat(notifier.db()
                                .sql("select coalesce(string_agg(t::text, ' '), '') from " + table + " t")
                                .query(String.class)
                                .single())
                        .as(table)
                        .doesNotContain("hunter2", "aHVudGVy");
            }
        }
    }
}

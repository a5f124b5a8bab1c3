package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.besides;
import static dev.muster.notifier.transition.Examples.dependabot;
import static dev.muster.notifier.transition.Examples.ownedBy;
import static dev.muster.notifier.transition.Examples.quiet;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static dev.muster.notifier.transition.Examples.transition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What would be too many messages.
class FlappingAndStormsTest {

    private Running notifier = Running.usual();

    @AfterEach
    void stop() {
        notifier.close();
    }

    /// 100 changes, one each six seconds: 10 minutes.
    @ParameterizedTest
    @CsvSource({"100,1s", "101,1s", "100,5s", "101,5s", "100,30s", "101,30s"})
    void tellsARuleThatFlipsAHundredTimesOnceForEachStateThatLasts(int flips, String groupWait) {
        notifier = Running.with("muster.notifier.group-wait=" + groupWait);
        flip(flips, Duration.ofSeconds(6));

        var during = notifier.slack.calls("payments").size();
        settle();

        assertThat(during).isLessThanOrEqualTo(1);
        var calls = notifier.slack.calls("payments");
        if (flips % 2 == 1) {
            assertThat(calls).as("told once that it is broken").hasSize(1);
            assertThat(calls.getLast().body()).contains("payments regressed");
        } else if (during == 1) {
            assertThat(calls).hasSize(2);
            assertThat(calls.getLast().body()).contains("payments recovered", "It went back and forth");
        } else {
            assertThat(calls).as("never told, and good in the end").isEmpty();
        }
        assertThat(nothingIsLost()).isTrue();
    }

    @Test
    void tellsTheRecoveryOfWhatBrokeOnceAsSoonAsItsMessageHasGathered() {
        notifier = Running.with("muster.notifier.group-wait=5s");
        change(2);
        passes(Duration.ofSeconds(5));
        passes(Duration.ofSeconds(60));
        change(3);
        passes(Duration.ofSeconds(5));

        assertThat(notifier.slack.calls("payments")).hasSize(2);
        assertThat(notifier.slack.calls("payments").getLast().body())
                .contains("payments recovered")
                .doesNotContain("back and forth");
    }

    @Test
    void waitsWithTheRecoveryOfWhatBrokeJustNowForOneMinute() {
        notifier = Running.with("muster.notifier.group-wait=5s");
        change(2);
        passes(Duration.ofSeconds(6));
        change(3);
        passes(Duration.ofSeconds(53));
        assertThat(notifier.slack.calls("payments")).hasSize(1);
        passes(Duration.ofSeconds(1));

        assertThat(notifier.slack.calls("payments")).hasSize(2);
    }

    /// A regression and its recovery are told, then it flips on and ends broken.
    @Test
    void saysInTheThreadThatItIsBrokenInTheEndAndTakesBackThatItRecovered() {
        notifier.team(Map.of("muster.dev/slack-webhook", "payments-bot"), "team@acme.example");
        change(2);
        passes(Duration.ofSeconds(70));
        change(3);
        passes(Duration.ofSeconds(70));
        flip(41, Duration.ofSeconds(6), 4);
        assertThat(notifier.mails())
                .as("until ten minutes after the first change")
                .hasSize(2);
        settle();

        assertThat(notifier.slack.apiCalls())
                .extracting(it -> it.path().replace("/api/chat.", ""))
                .containsExactly("postMessage", "update", "postMessage", "update", "postMessage");
        assertThat(notifier.slack.apiCalls().getLast().body())
                .contains("payments regressed", "It went back and forth: 41 changes", "\"thread_ts\"");
        assertThat(notifier.mails()).hasSize(3);
        assertThat(Running.header(notifier.mails().getLast(), "In-Reply-To"))
                .isEqualTo(Running.header(notifier.mails().getFirst(), "Message-ID"));

        change(45);
        passes(Duration.ofSeconds(70));
        assertThat(notifier.slack.apiCalls().getLast().body()).contains("payments recovered", "\"thread_ts\"");
        assertThat(openEpisodes()).isZero();
    }

    /// It breaks again in the night, before anybody hears that it recovered.
    @Test
    void tellsNobodyWhatRecoveredAndBrokeAgainInTheQuietHours() {
        change(2);
        passes(Duration.ofSeconds(30));
        quietHours();
        notifier.clock.pass(Duration.ofMinutes(20));
        change(3);
        passes(Duration.ofMinutes(20));
        change(4);
        endOfTheQuietHours();
        assertThat(notifier.mails()).as("it is as it was told").hasSize(1);
        assertThat(notifier.receipts()).contains("none/none SUPPRESSED BROKE_AGAIN_WITHIN_WAIT");

        change(5);
        passes(Duration.ofSeconds(30));
        assertThat(Running.text(notifier.mails().getLast())).contains("payments recovered");
        assertThat(notifier.mails()).hasSize(2);
        assertThat(nothingIsLost()).isTrue();
    }

    /// A message that waited for the night to end counts from when it left.
    @Test
    void countsWhatWasHeldBackFromWhenItLeft() {
        quietHours();
        change(2);
        endOfTheQuietHours();
        change(3);
        passes(Duration.ofSeconds(30));
        change(4);
        passes(Duration.ofSeconds(60));

        assertThat(notifier.mails()).hasSize(2);
        assertThat(held()).containsExactly("FLAPPING");
    }

    /// What flaps holds back nothing else of the same entity.
    @Test
    void tellsAtOnceWhatElseBreaksAndRecoversWhileARuleFlaps() {
        flip(7, Duration.ofSeconds(2));
        assertThat(notifier.mails()).isEmpty();
        other(9, Outcome.PASS, Outcome.FAIL);
        passes(Duration.ofSeconds(30));
        assertThat(Running.text(notifier.mails().getLast())).contains("payments regressed");
        passes(Duration.ofSeconds(60));
        other(10, Outcome.FAIL, Outcome.PASS);
        passes(Duration.ofSeconds(30));

        assertThat(notifier.mails()).hasSize(2);
        assertThat(Running.text(notifier.mails().getLast())).contains("payments partly recovered");
        settle();
        assertThat(Running.text(notifier.mails().getLast())).contains("payments regressed", "It went back and forth");
        assertThat(nothingIsLost()).isTrue();
    }

    /// The digest of one node is due before the message of another one would be.
    @Test
    void holdsBackWhatFlapsAlsoShortlyBeforeADigestOfAnotherNode(@TempDir Path folder) throws IOException {
        var routes = Files.writeString(folder.resolve("routes.yaml"), """
                apiVersion: muster.dev/v1
                kind: Routes
                spec:
                  route:
                    routes:
                      - { name: now, match: { tier: 1 }, receivers: [payments-alerts], groupWait: 30s, continue: true }
                      - { name: hourly, match: { tier: 1 }, receivers: [payments-bot], digest: hourly }
                """);
        notifier = Running.with("muster.notifier.routes-file=" + routes);
        notifier.team(Map.of(), null);
        notifier.clock.set(NOON.plus(Duration.ofMinutes(58)));
        flip(6, Duration.ofSeconds(3));
        notifier.clock.set(NOON.plus(Duration.ofMinutes(59)).plusSeconds(45));
        change(8);
        passes(Duration.ofSeconds(15));
        passes(Duration.ofSeconds(20));
        assertThat(notifier.slack.calls("payments")).isEmpty();
        assertThat(notifier.slack.apiCalls())
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains("Hourly digest: 1 regressed"));
        settle();

        assertThat(notifier.slack.calls("payments"))
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains("payments regressed", "It went back and forth"));
        assertThat(nothingIsLost()).isTrue();
    }

    /// What began to wait for a digest is told at once by the other node when it flaps, and still in
    /// the digest.
    @Test
    void takesWhatFlapsOutOfADigestAndTellsItThereAllTheSame(@TempDir Path folder) throws IOException {
        var routes = Files.writeString(folder.resolve("routes.yaml"), """
                apiVersion: muster.dev/v1
                kind: Routes
                spec:
                  route:
                    routes:
                      - { name: now, match: { tier: 1 }, receivers: [payments-alerts], groupWait: 30s, continue: true }
                      - { name: hourly, match: { tier: 1 }, receivers: [payments-bot], digest: hourly }
                """);
        notifier = Running.with("muster.notifier.routes-file=" + routes);
        notifier.team(Map.of(), null);
        notifier.clock.set(NOON.plus(Duration.ofMinutes(59)).plusSeconds(35));
        flip(7, Duration.ofSeconds(3));
        passes(Duration.ofSeconds(34));
        assertThat(notifier.slack.calls("payments")).isEmpty();
        assertThat(notifier.slack.apiCalls())
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains("Hourly digest: 1 regressed"));
        settle();

        assertThat(notifier.slack.calls("payments"))
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains("payments regressed", "It went back and forth"));
        assertThat(nothingIsLost()).isTrue();
    }

    private void other(int version, Outcome before, Outcome after) {
        notifier.hears(besides(
                transition(
                        PAYMENTS,
                        version,
                        after == Outcome.FAIL ? TransitionKind.REGRESSED : TransitionKind.RECOVERED,
                        "bronze",
                        "bronze",
                        before,
                        Map.of("has-runbook", after),
                        dependabot("o" + version)),
                VULNERABILITIES,
                Outcome.FAIL));
    }

    private List<String> held() {
        return notifier.db()
                .sql("select held_because from notifications where state = 'GATHERING'")
                .query(String.class)
                .list();
    }

    private void passes(Duration time) {
        notifier.clock.pass(time);
        closes();
        notifier.sends();
    }

    /// Every ninth state lasts longer than a message gathers, in turn a broken and a good one.
    @Test
    void tellsAtMostTwiceWhenSomeStatesLastLongEnoughToBeTold() {
        for (var i = 0; i < 100; i++) {
            change(2 + i);
            notifier.clock.pass(i % 9 == 0 ? Duration.ofSeconds(31) : Duration.ofSeconds(2));
            closes();
        }
        notifier.sends();
        settle();

        var calls = notifier.slack.calls("payments");
        assertThat(calls).hasSize(2);
        assertThat(calls.getFirst().body()).contains("payments regressed").doesNotContain("back and forth");
        assertThat(calls.getLast().body()).contains("payments recovered", "It went back and forth");
    }

    @Test
    void saysOfWhatWasToldThatItIsGoodInTheEnd() {
        notifier.hears(regressed("d0"));
        notifier.waitsAndSends();
        flip(99, Duration.ofSeconds(5), 3);
        settle();

        assertThat(notifier.slack.calls("payments")).hasSize(2);
        assertThat(notifier.slack.calls("payments").getLast().body())
                .contains("payments recovered", "It went back and forth");
        assertThat(openEpisodes()).isZero();
    }

    @Test
    void tellsOnceAnHourOfWhatNeverRests() {
        flip(200, Duration.ofSeconds(20));

        assertThat(notifier.slack.calls("payments")).hasSize(1);
    }

    @Test
    void letsTheNextRegressionThroughOnceItIsSteady() {
        flip(10, Duration.ofSeconds(6));
        settle();
        var before = notifier.slack.calls("payments").size();
        notifier.hears(regressed(PAYMENTS, 1000, "late", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments")).hasSize(before + 1);
    }

    @Test
    void tellsTwentyOwnersOnceEachWhenAThousandEntitiesRegressWithinTenSeconds() {
        for (var owner = 0; owner < 20; owner++) {
            notifier.bean(Catalog.class).put(new CatalogEntry(owner(owner), "o", null, mail(owner), Map.of()), NOON);
        }
        for (var i = 0; i < 1000; i++) {
            notifier.hears(ownedBy(
                    regressed("component:default/c" + i, 2, "d" + i, Map.of(VULNERABILITIES, Outcome.FAIL)),
                    owner(i % 20)));
            notifier.clock.pass(Duration.ofMillis(10));
        }
        notifier.clock.pass(Duration.ofSeconds(20));
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).hasSize(20).doesNotHaveDuplicates();
        assertThat(nothingIsLost()).isTrue();
        assertThat(count("select count(*) from transitions where state = 'GROUPED'"))
                .isEqualTo(1000);
        var mail = Running.text(notifier.mailTo(mail(0)));
        assertThat(mail).contains("50 entities regressed", "The last of 50 causes");
    }

    /// The waits end while the storm goes on: who heard already hears of the rest once more.
    @Test
    void tellsTwentyOwnersOnceAndTheRestInOneMoreWhenTheyWaitFiveSecondsOnly() {
        try (var quick = Running.with("muster.notifier.group-wait=5s")) {
            for (var owner = 0; owner < 20; owner++) {
                quick.bean(Catalog.class).put(new CatalogEntry(owner(owner), "o", null, mail(owner), Map.of()), NOON);
            }
            var first = 0;
            for (var i = 0; i < 1000; i++) {
                quick.hears(ownedBy(
                        regressed("component:default/c" + i, 2, "d" + i, Map.of(VULNERABILITIES, Outcome.FAIL)),
                        owner(i % 20)));
                quick.clock.pass(Duration.ofMillis(10));
                if (i % 25 == 24) {
                    while (quick.bean(Closing.class).closeOne()) {}
                }
                if (i == 699) {
                    quick.sends();
                    first = quick.mails().size();
                }
            }
            quick.waitsAndSends();

            assertThat(first)
                    .as("first messages, two seconds after the first wait ended")
                    .isEqualTo(20);
            assertThat(quick.recipients()).hasSize(40);
            for (var owner = 0; owner < 20; owner++) {
                assertThat(quick.recipients()).filteredOn(mail(owner)::equals).hasSize(2);
            }
            assertThat(quick.db()
                            .sql("select count(*) from transitions t join notifications n on n.id = t.notification_id"
                                    + " where t.state = 'GROUPED' and n.state = 'READY'")
                            .query(Integer.class)
                            .single())
                    .as("told, every one")
                    .isEqualTo(1000);
            assertThat(quick.receipts()).hasSize(40).allMatch(it -> it.endsWith("ACCEPTED"));
        }
    }

    @Test
    void tellsTheRecoveriesFromAStormInOneMessageInItsThread() {
        for (var i = 0; i < 50; i++) {
            notifier.hears(regressed(service(i), 2, "d" + i, Map.of(VULNERABILITIES, Outcome.FAIL)));
        }
        notifier.waitsAndSends();
        for (var i = 0; i < 50; i++) {
            notifier.hears(recovered(service(i), 3, "e" + i, Map.of(VULNERABILITIES, Outcome.PASS)));
        }
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments")).hasSize(2);
        assertThat(notifier.mails()).hasSize(2);
        var end = notifier.mails().getLast();
        assertThat(Running.text(end)).contains("50 entities recovered", "The last of 50 causes");
        assertThat(Running.header(end, "In-Reply-To"))
                .isEqualTo(Running.header(notifier.mails().getFirst(), "Message-ID"));
        assertThat(nothingIsLost()).isTrue();
    }

    @Test
    void tellsAStormOfRecoveriesThatAnswerNothingInOneMessage() {
        for (var i = 0; i < 6; i++) {
            notifier.hears(
                    quiet(regressed(service(i), 2, "d" + i, Map.of(VULNERABILITIES, Outcome.FAIL))),
                    recovered(service(i), 3, "e" + i, Map.of(VULNERABILITIES, Outcome.PASS)));
        }
        notifier.waitsAndSends();

        assertThat(notifier.mails())
                .singleElement()
                .satisfies(it -> assertThat(Running.text(it)).contains("6 entities recovered"));
    }

    @Test
    void tellsInOneMessageWhatGatheredOverTheQuietHours() {
        quietHours();
        for (var i = 0; i < 40; i++) {
            notifier.hears(regressed(service(i), 2, "d" + i, Map.of(VULNERABILITIES, Outcome.FAIL)));
            notifier.clock.pass(Duration.ofMinutes(1));
            closes();
        }
        notifier.sends();
        assertThat(notifier.slack.calls("payments")).isEmpty();
        endOfTheQuietHours();

        assertThat(notifier.slack.calls("payments"))
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains("40 entities regressed"));
        assertThat(nothingIsLost()).isTrue();
    }

    @Test
    void keepsWhatWentBackAndForthOutOfTheMessageOfAStorm() {
        quietHours();
        flip(11, Duration.ofSeconds(6));
        notifier.clock.pass(Duration.ofMinutes(11));
        closes();
        for (var i = 0; i < 6; i++) {
            notifier.hears(regressed(service(i), 2, "s" + i, Map.of(VULNERABILITIES, Outcome.FAIL)));
        }
        notifier.waits();
        endOfTheQuietHours();

        assertThat(notifier.slack.calls("payments"))
                .hasSize(2)
                .anySatisfy(it -> assertThat(it.body()).contains("6 entities regressed"))
                .anySatisfy(it -> assertThat(it.body()).contains("payments regressed", "It went back and forth"));
    }

    @Test
    void keepsAFewMessagesOfOneOwnerApart() {
        notifier.hears(
                regressed("component:default/a", 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)),
                regressed("component:default/b", 2, "d2", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments")).hasSize(2);
    }

    @Test
    void letsALostLevelSpeakForTheRulesThatBreakWithIt() {
        notifier.hears(
                transition(
                        PAYMENTS,
                        2,
                        TransitionKind.REGRESSED,
                        "silver",
                        "silver",
                        Outcome.PASS,
                        Map.of("has-runbook", Outcome.FAIL),
                        dependabot("d1")),
                besides(
                        regressed(PAYMENTS, 3, "d2", Map.of(VULNERABILITIES, Outcome.FAIL)),
                        "has-runbook",
                        Outcome.FAIL),
                besides(
                        besides(
                                transition(
                                        PAYMENTS,
                                        4,
                                        TransitionKind.REGRESSED,
                                        "bronze",
                                        "bronze",
                                        Outcome.PASS,
                                        Map.of("has-owner", Outcome.FAIL),
                                        dependabot("d3")),
                                "has-runbook",
                                Outcome.FAIL),
                        VULNERABILITIES,
                        Outcome.FAIL));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments")).hasSize(1);
        assertThat(notifier.db()
                        .sql("select coalesce(reason, 'none') from transitions order by version")
                        .query(String.class)
                        .list())
                .containsExactly("INHIBITED", "none", "INHIBITED");
    }

    private void quietHours() {
        notifier.team(
                Map.of("muster.dev/slack-webhook", "payments-alerts", "muster.dev/quiet-hours", "11:00-16:00"),
                "team@acme.example");
    }

    private void endOfTheQuietHours() {
        notifier.clock.set(NOON.plus(Duration.ofHours(4)));
        closes();
        notifier.sends();
    }

    private void flip(int flips, Duration each) {
        flip(flips, each, 2);
    }

    private void flip(int flips, Duration each, int version) {
        for (var i = 0; i < flips; i++) {
            change(version + i);
            notifier.clock.pass(each);
            closes();
        }
        notifier.sends();
    }

    /// Even versions break the rule, odd ones mend it.
    private void change(int version) {
        notifier.hears(
                version % 2 == 0
                        ? regressed(PAYMENTS, version, "d" + version, Map.of(VULNERABILITIES, Outcome.FAIL))
                        : recovered(PAYMENTS, version, "d" + version, Map.of(VULNERABILITIES, Outcome.PASS)));
    }

    private void closes() {
        while (notifier.bean(Closing.class).closeOne()) {}
    }

    private void settle() {
        notifier.clock.pass(Duration.ofMinutes(11));
        notifier.waitsAndSends();
    }

    /// Every transition is told or has a reason, and nothing waits.
    private boolean nothingIsLost() {
        var states = new HashSet<>(List.of("READY", "SUPPRESSED"));
        return count("select count(*) from transitions where state = 'SUPPRESSED' and reason is null") == 0
                && states.containsAll(notifier.db()
                        .sql("select distinct state from notifications")
                        .query(String.class)
                        .list());
    }

    private int openEpisodes() {
        return count("select count(*) from episodes where closed_at is null");
    }

    private int count(String sql) {
        return notifier.db().sql(sql).query(Integer.class).single();
    }

    private static String service(int number) {
        return "component:default/s" + number;
    }

    private static String owner(int number) {
        return "group:default/o" + number;
    }

    private static String mail(int number) {
        return "o" + number + "@acme.example";
    }
}

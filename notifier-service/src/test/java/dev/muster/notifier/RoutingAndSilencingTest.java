package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.ownedBy;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.notifier.pipeline.Escalating;
import dev.muster.notifier.pipeline.RoutesInUse;
import dev.muster.notifier.silence.SilenceExamples;
import dev.muster.notifier.silence.Silences;
import dev.muster.routing.RoutesException;
import dev.muster.routing.RoutesReader;
import dev.muster.schemas.v1.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Routes, silences, mute times, digests and escalations, with a database, a mail server and a Slack.
class RoutingAndSilencingTest {

    private static final String CHECKOUT = "component:default/checkout";
    private static final String NIGHTLY = "component:default/nightly";
    private static final String OTHERS = "group:default/others";

    private static Running notifier;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        var routes = Files.writeString(folder.resolve("routes.yaml"), """
                apiVersion: muster.dev/v1
                kind: Routes
                spec:
                  route:
                    receivers: [payments-bot]
                    routes:
                      - name: nightly
                        match: { tag: nightly }
                        mute: [{ from: "10:00", to: "14:00" }]
                      - name: page
                        match: { tag: page }
                        also: [payments-bot]
                        groupWait: 1s
                        escalateAfter: 7d
                        continue: true
                      - name: slow
                        match: { tag: slow, kind: regressed }
                        mute: [{ from: "10:00", to: "14:00" }]
                        continue: true
                      - name: watch
                        match: { tag: watch, kind: regressed }
                        also: [payments-alerts]
                        escalateAfter: 3d
                        continue: true
                      - name: daily
                        match: { tag: daily }
                        digest: { every: daily, at: "15:00" }
                """);
        notifier = Running.with("muster.notifier.routes-file=" + routes);
    }

    @AfterAll
    static void stop() {
        notifier.close();
    }

    @BeforeEach
    void begin() {
        notifier.reset();
        entity(PAYMENTS);
        notifier.bean(Catalog.class)
                .put(new CatalogEntry(TEAM, "Payments", null, "team@acme.example", Map.of(), List.of(), OTHERS), NOON);
        notifier.bean(Catalog.class).put(new CatalogEntry(OTHERS, "Others", null, null, Map.of()), NOON);
    }

    @Test
    void tellsTheReceiversOfTheRouteWhenTheOwnerHasNoDestination() {
        notifier.hears(ownedBy(regressed("d1"), OTHERS));
        notifier.waitsAndSends();

        assertThat(notifier.deliveries()).containsExactly("slack/payments-bot SENT");
    }

    @Test
    void putsTheOwnersOwnDestinationBeforeTheRoute() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(notifier.deliveries()).containsExactly("email/group:default/payments-team ACCEPTED");
    }

    @Test
    void tellsWhoIsToHearBesidesAndWaitsAsLongAsTheRouteSays() {
        entity(PAYMENTS, "page");
        notifier.hears(regressed("d1"));
        notifier.clock.pass(Duration.ofSeconds(1));
        closes();
        notifier.sends();

        assertThat(notifier.deliveries())
                .containsExactly("email/group:default/payments-team ACCEPTED", "slack/payments-bot SENT");
    }

    @Test
    void tellsEachOfSeveralRoutesInItsOwnTime() {
        entity(PAYMENTS, "page", "watch");
        notifier.hears(regressed("d1"));
        passes(Duration.ofSeconds(1));
        assertThat(notifier.deliveries())
                .containsExactly("email/group:default/payments-team ACCEPTED", "slack/payments-bot SENT");
        passes(Duration.ofSeconds(29));

        assertThat(notifier.deliveries())
                .containsExactly(
                        "email/group:default/payments-team ACCEPTED",
                        "slack/payments-bot SENT",
                        "slack/payments-alerts SENT");
    }

    @Test
    void tellsTheRecoveryToEachOfSeveralRoutesAlsoIfTheyMatchRegressionsOnly() {
        entity(PAYMENTS, "page", "watch");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();

        assertThat(notifier.deliveries())
                .filteredOn("slack/payments-alerts SENT"::equals)
                .hasSize(2);
        assertThat(notifier.recipients()).containsExactly("team@acme.example", "team@acme.example");
        assertThat(notifier.slack.calls("payments").getLast().body())
                .contains("payments recovered", "Ends: “payments regressed");
    }

    @Test
    void tellsNobodyTwiceByAFurtherRoute() {
        entity(PAYMENTS, "page", "daily");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        at("2026-11-23T15:00:00Z");

        assertThat(subjects()).singleElement().asString().contains("payments regressed");
        assertThat(notifier.receipts()).last().isEqualTo("none/none SUPPRESSED ALREADY_TOLD");
    }

    @Test
    void letsTheRouteThatTellsFirstBeginTheThread() {
        entity(PAYMENTS, "slow", "watch");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        at("2026-11-23T14:00:00Z");
        assertThat(notifier.deliveries())
                .containsExactly("email/group:default/payments-team ACCEPTED", "slack/payments-alerts SENT");
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();

        assertThat(notifier.deliveries()).hasSize(4);
        assertThat(Running.header(notifier.mails().getLast(), "In-Reply-To"))
                .isEqualTo(Running.header(notifier.mails().getFirst(), "Message-ID"));
    }

    @Test
    void tellsWhoHearsByAFurtherRouteAtMostTwiceOfWhatGoesBackAndForth() {
        entity(PAYMENTS, "page", "watch");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        flip(3, 20);
        notifier.clock.pass(Duration.ofMinutes(11));
        notifier.waitsAndSends();
        assertThat(notifier.slack.calls("payments"))
                .as("as broken as it was told")
                .hasSize(1);
        notifier.hears(recovered(PAYMENTS, 23, "late", Map.of(VULNERABILITIES, Outcome.PASS)));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments")).hasSize(2);
        assertThat(notifier.slack.calls("payments").getLast().body())
                .contains("payments recovered", "Ends: “payments regressed");
        assertThat(notifier.recipients()).hasSize(2);
    }

    @Test
    void tellsWhoHearsByAFurtherRouteThatWhatWentBackAndForthIsGood() {
        entity(PAYMENTS, "page", "watch");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        flip(3, 21);
        notifier.clock.pass(Duration.ofMinutes(11));
        notifier.waitsAndSends();

        assertThat(notifier.slack.calls("payments")).hasSize(2);
        assertThat(notifier.slack.calls("payments").getLast().body())
                .contains("payments recovered", "It went back and forth", "Ends: “payments regressed");
        assertThat(notifier.recipients()).hasSize(2);
    }

    @Test
    void saysNothingInTheDigestOfWhatRecoveredMeanwhile() {
        entity(PAYMENTS, "page", "daily");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();
        at("2026-11-23T15:00:00Z");

        assertThat(subjects()).hasSize(2).last().asString().startsWith("Re: payments regressed");
    }

    @Test
    void collectsOneMessageAWindow() {
        entity(PAYMENTS, "daily");
        entity(CHECKOUT, "daily");
        entity(NIGHTLY, "daily");
        notifier.hears(regressed("d1"));
        at("2026-11-23T15:00:00Z");
        notifier.hears(
                regressed(CHECKOUT, 2, "d2", Map.of(VULNERABILITIES, Outcome.FAIL)),
                regressed(NIGHTLY, 2, "d3", Map.of(VULNERABILITIES, Outcome.FAIL)),
                recovered("d4"));
        notifier.waitsAndSends();
        assertThat(subjects()).containsExactly("Daily digest: 1 regressed");
        at("2026-11-24T15:00:00Z");

        assertThat(subjects()).containsExactly("Daily digest: 1 regressed", "Daily digest: 2 regressed, 1 recovered");
    }

    @Test
    void tellsOnceInTheDigestWhatWentBackAndForth() {
        entity(PAYMENTS, "daily");
        entity(CHECKOUT, "daily");
        notifier.hears(regressed(CHECKOUT, 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)));
        flip(11);
        notifier.clock.pass(Duration.ofMinutes(11));
        notifier.waitsAndSends();
        assertThat(notifier.mails()).as("before the end of the window").isEmpty();
        assertThat(held()).containsExactly("DIGEST 2026-11-23T15:00:00Z");
        at("2026-11-23T15:00:00Z");

        assertThat(subjects()).containsExactly("Daily digest: 2 regressed");
    }

    @Test
    void saysNothingInTheDigestOfWhatWentBackAndForthAndIsGoodInTheEnd() {
        entity(PAYMENTS, "daily");
        flip(12);
        at("2026-11-23T15:00:00Z");

        assertThat(notifier.mails()).isEmpty();
        assertThat(waiting()).isZero();
    }

    @Test
    void makesNoDigestOfWhatWentBackAndForthBeforeItsNodeCollected() throws RoutesException {
        var routes = notifier.bean(RoutesInUse.class);
        var before = routes.now();
        flip(11);
        routes.take(RoutesReader.read("routes.yaml", """
                apiVersion: muster.dev/v1
                kind: Routes
                spec: { route: { digest: weekly } }
                """, Set.of()), NOON);
        try {
            notifier.clock.pass(Duration.ofMinutes(11));
            notifier.waitsAndSends();
        } finally {
            routes.take(before, NOON);
        }

        assertThat(subjects()).singleElement().asString().startsWith("payments regressed");
        assertThat(Running.text(notifier.mails().getFirst())).contains("It went back and forth");
    }

    @Test
    void holdsBackInAMuteTimeAndTellsAtItsEnd() {
        entity(PAYMENTS, "nightly");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        assertThat(notifier.mails()).isEmpty();
        assertThat(held()).containsExactly("MUTED 2026-11-23T14:00:00Z");

        at("2026-11-23T14:00:00Z");
        assertThat(notifier.mails()).hasSize(1);
    }

    @Test
    void tellsNobodyOfWhatRecoveredInAMuteTime() {
        entity(PAYMENTS, "nightly");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(recovered("d2"));
        at("2026-11-23T14:00:00Z");

        assertThat(notifier.mails()).isEmpty();
        assertThat(notifier.receipts()).contains("none/none SUPPRESSED RECOVERED_WITHIN_WAIT");
    }

    @Test
    void honoursTheQuietHoursOfTheOwner() {
        notifier.team(Map.of("muster.dev/quiet-hours", "11:00-16:00"), "team@acme.example");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        assertThat(held()).containsExactly("MUTED 2026-11-23T16:00:00Z");
    }

    @Test
    void tellsWhatIsStillSoWhenASilenceEnds() {
        entity(CHECKOUT);
        silence("s1", "entity", PAYMENTS, "2026-11-23T18:00:00Z");
        notifier.hears(regressed("d1"), regressed(CHECKOUT, 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();
        assertThat(subjects()).singleElement().asString().contains("checkout regressed");
        assertThat(held()).containsExactly("SILENCED 2026-11-23T18:00:00Z");

        at("2026-11-23T18:00:00Z");
        assertThat(subjects()).hasSize(2).last().asString().contains("payments regressed");
    }

    @Test
    void tellsNobodyOfWhatRecoveredUnderASilence() {
        silence("s1", "owner", "group:*/payments-*", "2026-11-23T18:00:00Z");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(recovered("d2"));
        at("2026-11-23T18:00:00Z");

        assertThat(notifier.mails()).isEmpty();
        assertThat(waiting()).isZero();
    }

    @Test
    void tellsAtOnceWhenASilenceIsEndedEarly() {
        silence("s1", "rule", VULNERABILITIES, "2026-11-23T18:00:00Z");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        assertThat(notifier.mails()).isEmpty();

        SilenceExamples.end(notifier.bean(Silences.class), "s1", notifier.clock.instant());
        closes();
        notifier.sends();
        assertThat(notifier.mails()).hasSize(1);
    }

    @Test
    void escalatesOnceToTheParentTeamWhatNobodyResolves() {
        entity(PAYMENTS, "page");
        notifier.bean(Catalog.class)
                .put(new CatalogEntry(OTHERS, "Others", null, "others@acme.example", Map.of()), NOON);
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.clock.pass(Duration.ofDays(7));
        while (notifier.bean(Escalating.class).takeOne()) {}
        notifier.waitsAndSends();
        notifier.clock.pass(Duration.ofDays(30));

        assertThat(notifier.bean(Escalating.class).takeOne()).isFalse();
        assertThat(notifier.recipients()).containsExactly("others@acme.example", "team@acme.example");
        assertThat(Running.text(notifier.mailTo("others@acme.example")))
                .contains("payments regressed", "Not resolved by group:default/payments-team since 2026-11-23");
    }

    @Test
    void tellsTheParentTeamOfTheRecoveryInTheThreadInWhichItHeard() {
        escalated();
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();

        var mails = notifier.mails().stream()
                .filter(it -> Running.header(it, "To").equals("others@acme.example"))
                .toList();
        assertThat(mails).hasSize(2);
        assertThat(Running.header(mails.getLast(), "In-Reply-To"))
                .isEqualTo(Running.header(mails.getFirst(), "Message-ID"));
        assertThat(Running.subject(mails.getLast())).startsWith("Re: ");
        assertThat(Running.text(mails.getLast()))
                .contains("payments recovered", "Ends: “payments regressed")
                .doesNotContain("Not resolved by");
        assertThat(notifier.recipients())
                .as("the team hears once as well")
                .filteredOn("team@acme.example"::equals)
                .hasSize(2);
    }

    @Test
    void tellsTheParentTeamNothingOfWhatRecoversBeforeItHeard() {
        notifier.bean(Catalog.class)
                .put(
                        new CatalogEntry(
                                OTHERS,
                                "Others",
                                null,
                                "others@acme.example",
                                Map.of("muster.dev/quiet-hours", "11:00-14:00")),
                        NOON);
        escalated();
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();
        notifier.clock.pass(Duration.ofHours(4));
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).containsOnly("team@acme.example");
    }

    private static void escalated() {
        escalated(() -> {});
    }

    /// @param meanwhile what happens after the team heard
    private static void escalated(Runnable meanwhile) {
        entity(PAYMENTS, "page");
        if (notifier.bean(Catalog.class).find(OTHERS).orElseThrow().email() == null) {
            notifier.bean(Catalog.class)
                    .put(new CatalogEntry(OTHERS, "Others", null, "others@acme.example", Map.of()), NOON);
        }
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        meanwhile.run();
        notifier.clock.pass(Duration.ofDays(7));
        while (notifier.bean(Escalating.class).takeOne()) {}
        notifier.waitsAndSends();
    }

    @Test
    void escalatesWhenTheFirstOfSeveralRoutesSays() {
        entity(PAYMENTS, "page", "watch");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.clock.pass(Duration.ofDays(3));

        assertThat(notifier.bean(Escalating.class).takeOne()).isTrue();
    }

    @Test
    void escalatesForARouteWhoseReceiversHaveHeard() {
        notifier.team(Map.of("muster.dev/slack-webhook", "payments-alerts"), "team@acme.example");
        entity(PAYMENTS, "slow", "watch");
        notifier.clock.set(Instant.parse("2026-11-23T15:00:00Z"));
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        assertThat(notifier.receipts()).contains("none/none SUPPRESSED ALREADY_TOLD");
        notifier.clock.pass(Duration.ofDays(3));

        assertThat(notifier.bean(Escalating.class).takeOne()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"kind,escalated", "owner,group:default/others"})
    void silencesAnEscalation(String field, String value) {
        silence("s1", field, value, "2026-12-30T18:00:00Z");
        escalated();

        assertThat(notifier.recipients()).containsExactly("team@acme.example");
        assertThat(held()).containsExactly("SILENCED 2026-12-30T18:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"kind,regressed", "owner,group:default/payments-team"})
    void tellsTheParentTeamInSpiteOfASilenceForItsTeam(String field, String value) {
        escalated(() -> silence("s1", field, value, "2026-12-30T18:00:00Z"));

        assertThat(notifier.recipients()).containsExactly("others@acme.example", "team@acme.example");
    }

    @Test
    void keepsEachReasonForWhichAMessageWaited() {
        entity(PAYMENTS, "nightly");
        silence("s1", "entity", PAYMENTS, "2026-11-23T13:00:00Z");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        at("2026-11-23T13:00:00Z");
        at("2026-11-23T14:00:00Z");

        assertThat(notifier.mails()).hasSize(1);
        assertThat(notifier.db().sql("""
                                select h.reason || ' ' || to_char(h.since at time zone 'UTC', 'HH24:MI:SS') || ' '
                                    || to_char(h.until at time zone 'UTC', 'HH24:MI:SS') || coalesce(' ' || h.silence_id, '')
                                from holds h join notifications n on n.id = h.notification_id
                                where n.state = 'READY' and n.routed_because = 'OWNER' order by h.since, h.seq
                                """).query(String.class).list())
                .containsExactly(
                        "GROUPING 12:00:00 12:00:30", "SILENCED 12:00:30 13:00:00 s1", "MUTED 13:00:00 14:00:00");
    }

    @Test
    void escalatesNothingThatIsResolved() {
        entity(PAYMENTS, "page");
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();
        notifier.clock.pass(Duration.ofDays(8));

        assertThat(notifier.bean(Escalating.class).takeOne()).isFalse();
    }

    private static void entity(String ref, String... tags) {
        notifier.bean(Catalog.class)
                .put(
                        new CatalogEntry(
                                ref, ref.substring(ref.indexOf('/') + 1), TEAM, null, Map.of(), List.of(tags), null),
                        NOON);
    }

    /// Even versions break the rule, odd ones mend it: six seconds each.
    private static void flip(int times) {
        flip(2, times);
    }

    private static void flip(int first, int times) {
        for (var version = first; version < first + times; version++) {
            notifier.hears(
                    version % 2 == 0
                            ? regressed(PAYMENTS, version, "f" + version, Map.of(VULNERABILITIES, Outcome.FAIL))
                            : recovered(PAYMENTS, version, "f" + version, Map.of(VULNERABILITIES, Outcome.PASS)));
            notifier.clock.pass(Duration.ofSeconds(6));
            closes();
        }
    }

    private static void silence(String id, String field, String value, String end) {
        SilenceExamples.create(notifier.bean(Silences.class), id, field, value, Instant.parse(end));
    }

    private static void passes(Duration time) {
        notifier.clock.pass(time);
        closes();
        notifier.sends();
    }

    private static void at(String instant) {
        notifier.clock.set(Instant.parse(instant));
        closes();
        notifier.sends();
    }

    private static void closes() {
        while (notifier.bean(Closing.class).closeOne()) {}
    }

    private static List<String> subjects() {
        return notifier.mails().stream()
                .map(Running::subject)
                .map(it -> it.replace("[Muster] ", ""))
                .toList();
    }

    private static List<String> held() {
        return notifier.db()
                .sql("select held_because, due_at from notifications where state = 'GATHERING'")
                .query((row, _) -> row.getString(1) + " "
                        + row.getObject(2, java.time.OffsetDateTime.class).toInstant())
                .list();
    }

    private static int waiting() {
        return notifier.db()
                .sql("select count(*) from notifications where state = 'GATHERING'")
                .query(Integer.class)
                .single();
    }
}

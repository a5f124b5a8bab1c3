package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.first;
import static dev.muster.notifier.transition.Examples.regressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.initiative.Initiatives;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.notifier.reminder.Declared;
import dev.muster.notifier.reminder.Noting;
import dev.muster.notifier.report.Reporting;
import dev.muster.schemas.v1.Outcome;
import dev.muster.testkit.ScriptedSmtp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The weekly report, with a database and a mail server. Noon of the tests is a Monday.
class ReportingTest {

    private static final String CHECKOUT = "component:default/checkout";
    private static final Instant WEEK_ENDS = Instant.parse("2026-11-30T09:00:00Z");

    private static ScriptedSmtp smtp;
    private static Running notifier;

    @BeforeAll
    static void start() {
        smtp = ScriptedSmtp.start();
        notifier = Running.with("spring.mail.port=" + smtp.port());
    }

    @AfterAll
    static void stop() throws IOException {
        notifier.close();
        smtp.close();
    }

    @BeforeEach
    void begin() {
        notifier.reset();
        notifier.team(Map.of(), "team@acme.example");
        notifier.bean(Catalog.class).put(new CatalogEntry(CHECKOUT, "checkout", TEAM, null, Map.of()), NOON);
        notifier.bean(Noting.class).hear(Declared.scorecard(1, NOON));
        notifier.hears(first(PAYMENTS, 1), first(CHECKOUT, 1), regressed("d1"));
        notifier.waitsAndSends();
    }

    private static List<String> reports(int before) {
        return smtp.mails().stream()
                .skip(before)
                .map(ScriptedSmtp.Mail::text)
                .filter(it -> it.contains("Weekly report"))
                .toList();
    }

    /// The clock goes to `instant`; reports that are due are made and sent. What was sent.
    private static List<String> at(Instant instant) {
        var before = smtp.mails().size();
        notifier.clock.set(instant);
        notifier.bean(Reporting.class).takeAll();
        sends();
        return reports(before);
    }

    private static void sends() {
        while (notifier.bean(Closing.class).closeOne()) {}
        notifier.sends();
    }

    @Test
    void tellsATeamOnceAWeekHowItsEntitiesStand() {
        notifier.bean(Noting.class).hear(Declared.approved("e1", Duration.ofDays(12)));
        notifier.bean(Initiatives.class).describe(Declared.component(PAYMENTS, "service"));
        notifier.bean(Initiatives.class).describe(Declared.component(CHECKOUT, "library"));
        notifier.bean(Noting.class)
                .hear(Declared.initiative("silver", "entity.type == 'service'", Duration.ofDays(60)));

        assertThat(at(WEEK_ENDS.minusSeconds(1))).as("the week is not over").isEmpty();
        assertThat(at(WEEK_ENDS))
                .singleElement()
                .satisfies(it -> assertThat(unfolded(it))
                        .contains(
                                "Weekly report: 2 entities, 0 up, 1 down",
                                "Production readiness on 2 entities",
                                "No known CVE: fails for 1 of 2",
                                "Levels that changed on your entities",
                                "payments: silver → bronze",
                                "Exemptions that end soon on your entities",
                                "payments: ends 2026-12-05",
                                "Initiatives to finish on your entities",
                                "Log4j is out: due on 2027-01-22",
                                "Not done: payments",
                                "From 2026-11-23 09:00 UTC to 2026-11-30 09:00 UTC",
                                "muster.dev/weekly-report")
                        .doesNotContain("Why:"));
        assertThat(at(WEEK_ENDS.plus(Duration.ofHours(3)))).as("once").isEmpty();
        assertThat(at(WEEK_ENDS.plus(Duration.ofDays(7))))
                .as("the next week")
                .singleElement()
                .satisfies(it -> assertThat(unfolded(it)).contains("Weekly report: 2 entities, no level changed"));
    }

    /// Berlin changes to summer time on 2027-03-28 and back on 2027-10-31: one week has an hour less, one more.
    @ParameterizedTest
    @CsvSource({
        "2027-03-22T07:30:00Z,2027-03-29T07:00:00Z,'2 entities, no level changed'",
        "2027-03-22T08:30:00Z,2027-03-29T07:00:00Z,'2 entities, 0 up, 1 down'",
        "2027-10-25T07:30:00Z,2027-11-01T08:00:00Z,'2 entities, 0 up, 1 down'"
    })
    void tellsEachHourInOneWeekWhenTheClocksChange(Instant change, Instant ends, String said) {
        notifier.team(Map.of("muster.dev/weekly-report", "mon 09:00 Europe/Berlin"), "team@acme.example");
        notifier.clock.set(change);
        notifier.hears(regressed(CHECKOUT, 2, "d9", Map.of(VULNERABILITIES, Outcome.FAIL)));

        assertThat(at(ends))
                .singleElement()
                .satisfies(it -> assertThat(unfolded(it)).contains("Weekly report: " + said));
    }

    /// Quoted-printable, as far as these texts use it.
    private static String unfolded(String mail) {
        return new String(
                mail.replace("=\r\n", "")
                        .replace("=\n", "")
                        .replace("=E2=86=92", "\u2192")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void tellsItOnceHoweverManyInstancesRunAndStart() {
        var other = notifier.another(Reporting.class);
        var before = smtp.mails().size();
        notifier.clock.set(WEEK_ENDS);
        Running.together(other::takeAll, notifier.bean(Reporting.class)::takeAll, other::takeAll);
        sends();
        assertThat(reports(before)).hasSize(1);

        notifier.another(Reporting.class).takeAll();
        sends();
        assertThat(reports(before)).as("one that starts later").hasSize(1);
    }

    @Test
    void sendsNoneToATeamThatDoesNotWantIt() {
        notifier.team(Map.of("muster.dev/weekly-report", "off"), "team@acme.example");

        assertThat(at(WEEK_ENDS)).isEmpty();
    }

    @Test
    void comesWhenTheTeamWantsIt() {
        notifier.team(Map.of("muster.dev/weekly-report", "fri 08:00 Europe/Berlin"), "team@acme.example");

        assertThat(at(Instant.parse("2026-11-27T06:59:59Z"))).isEmpty();
        assertThat(at(Instant.parse("2026-11-27T07:00:00Z"))).hasSize(1);
        assertThat(at(WEEK_ENDS)).isEmpty();
    }

    @Test
    void isNotSentForAWeekBeforeAnythingWasScoredNorLongAfterItsTime() {
        assertThat(at(NOON.plusSeconds(60)))
                .as("the week that ended this morning")
                .isEmpty();
        assertThat(at(WEEK_ENDS.plus(Duration.ofHours(25)))).isEmpty();
    }

    @Test
    void bothersNobodyElseForATeamWithoutADestination() {
        notifier.team(Map.of(), "");

        assertThat(at(WEEK_ENDS)).isEmpty();
        assertThat(notifier.receipts()).last().isEqualTo("none/none SUPPRESSED NOT_WANTED");
    }

    @Test
    void waitsForQuietHours() {
        notifier.team(Map.of("muster.dev/quiet-hours", "08:00-10:00"), "team@acme.example");

        assertThat(at(WEEK_ENDS)).isEmpty();
        assertThat(at(WEEK_ENDS.plus(Duration.ofHours(1)))).hasSize(1);
    }
}

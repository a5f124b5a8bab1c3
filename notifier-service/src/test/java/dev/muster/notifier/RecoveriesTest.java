package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.besides;
import static dev.muster.notifier.transition.Examples.dependabot;
import static dev.muster.notifier.transition.Examples.ended;
import static dev.muster.notifier.transition.Examples.ofTierThree;
import static dev.muster.notifier.transition.Examples.quiet;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static dev.muster.notifier.transition.Examples.transition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.fakes.FakePagerDuty;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.notifier.pipeline.Intake;
import dev.muster.notifier.silence.SilenceExamples;
import dev.muster.notifier.silence.Silences;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The end of what was told goes where that was told, with the routes of docs/notifications.md, a PagerDuty behind
/// `on-call` and a Slack bot behind `security`.
class RecoveriesTest {

    private static final Path PAGE = Path.of("../docs/notifications.md");
    private static final String CHECKOUT = "component:default/checkout";
    private static final Instant NIGHT = Instant.parse("2026-11-23T20:00:00Z");

    private final FakePagerDuty pagerDuty = new FakePagerDuty();
    private Running notifier;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        var block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        var routes = Files.writeString(folder.resolve("routes.yaml"), block.group(1));
        notifier = Running.with(
                "muster.notifier.routes-file=" + routes,
                "muster.notifier.destinations.on-call.type=pagerduty",
                "muster.notifier.destinations.on-call.url=" + pagerDuty.api(),
                "muster.notifier.destinations.on-call.key=" + FakePagerDuty.KEY,
                "muster.notifier.destinations.on-call.pace=0s",
                "muster.notifier.destinations.security.type=slack-bot",
                "muster.notifier.destinations.security.token=xoxb-hunter2",
                "muster.notifier.destinations.security.channel=C0SECURITY",
                "muster.notifier.destinations.platform.type=slack-bot",
                "muster.notifier.destinations.platform.token=xoxb-hunter2",
                "muster.notifier.destinations.platform.channel=C0PLATFORM");
        notifier.team(Map.of(), "team@acme.example");
    }

    @AfterEach
    void stop() {
        notifier.close();
        pagerDuty.close();
    }

    @Test
    void endsTheIncidentOfATeamThatWantsADigest() {
        notifier.team(Map.of("muster.dev/digest", "daily 09:00"), "team@acme.example");
        notifier.hears(regressed("d1"));
        passes(Duration.ofSeconds(5));
        assertThat(pagerDuty.open()).hasSize(1);

        notifier.hears(recovered("d2"));
        passes(Duration.ofMinutes(1));

        assertThat(pagerDuty.open()).isEmpty();
        assertThat(events("event_action")).containsExactly("trigger", "resolve");
        assertThat(events("dedup_key").stream().distinct()).hasSize(1);
        assertSameThread(2);
    }

    @Test
    void endsTheIncidentAtNightAsItBegan() {
        notifier.clock.set(NIGHT);
        notifier.hears(regressed("d1"));
        passes(Duration.ofSeconds(5));
        notifier.hears(recovered("d2"));
        passes(Duration.ofSeconds(5));

        assertThat(events("event_action")).containsExactly("trigger", "resolve");
        assertSameThread(2);
    }

    @Test
    void tellsTheRecoveryInADigestToWhoHeardInOne() {
        notifier.team(Map.of("muster.dev/digest", "daily 09:00"), "team@acme.example");
        notifier.hears(broke(2, TransitionKind.REGRESSED, Outcome.PASS, Outcome.FAIL));
        at("2026-11-24T09:00:00Z");
        assertThat(subjects()).containsExactly("Daily digest: 1 regressed");
        notifier.hears(broke(3, TransitionKind.RECOVERED, Outcome.FAIL, Outcome.PASS));
        at("2026-11-24T10:00:00Z");
        assertThat(subjects()).hasSize(1);

        at("2026-11-25T09:00:00Z");
        assertThat(subjects()).containsExactly("Daily digest: 1 regressed", "Daily digest: 1 recovered");
    }

    @Test
    void tellsTheRecoveryAtOnceToWhoHeardAtOnceAndWantsADigestSince() {
        notifier.hears(broke(2, TransitionKind.REGRESSED, Outcome.PASS, Outcome.FAIL));
        passes(Duration.ofMinutes(1));
        notifier.team(Map.of("muster.dev/digest", "daily 09:00"), "team@acme.example");
        notifier.hears(broke(3, TransitionKind.RECOVERED, Outcome.FAIL, Outcome.PASS));
        passes(Duration.ofMinutes(1));

        assertSameThread(2);
    }

    @Test
    void tellsTheRecoveryInTheThreadOfTheNodeThatSaysContinue() {
        notifier.bean(Catalog.class)
                .put(new CatalogEntry(PAYMENTS, "payments", TEAM, null, Map.of(), List.of("pci"), null), NOON);
        notifier.hears(ofTierThree(regressed("d1")));
        passes(Duration.ofMinutes(1));
        notifier.hears(ofTierThree(recovered("d2")));
        passes(Duration.ofMinutes(1));

        assertSameThread(2);
        assertThat(notifier.slack.apiCalls().stream().map(it -> it.path()))
                .containsExactly("/api/chat.postMessage", "/api/chat.update", "/api/chat.postMessage");
        assertThat(notifier.slack.apiCalls().getLast().body()).contains("\"thread_ts\"");
    }

    @Test
    void endsTheIncidentOfAnEntityThatIsNoLongerJudged() {
        notifier.hears(regressed("d1"));
        passes(Duration.ofSeconds(5));
        notifier.hears(ended(recovered("d2")));
        passes(Duration.ofMinutes(1));

        assertThat(events("event_action")).containsExactly("trigger", "resolve");
        assertThat(events("dedup_key").stream().distinct()).hasSize(1);
        assertSameThread(2);
        assertThat(Running.text(notifier.mails().getLast()))
                .contains("payments is no longer judged: Production readiness", "Ends: “payments regressed");
    }

    @Test
    void endsTheIncidentOfARecoveryThatIsToldOfTooLateAndWritesToNobody() {
        notifier.hears(regressed("d1"));
        passes(Duration.ofSeconds(5));
        notifier.clock.pass(Duration.ofDays(3));
        notifier.bean(Intake.class)
                .accept(recovered("d2"), notifier.clock.instant().minus(Duration.ofDays(2)));
        passes(Duration.ofMinutes(1));

        assertThat(events("event_action")).containsExactly("trigger", "resolve");
        assertThat(events("dedup_key").stream().distinct()).hasSize(1);
        assertThat(notifier.recipients()).containsExactly("team@acme.example");
        assertThat(notifier.receipts()).last().isEqualTo("pagerduty/on-call ACCEPTED");
    }

    @Test
    void endsTheIncidentOfARecoveryThatTheScorecardWantsToldToNobody() {
        notifier.hears(regressed("d1"));
        passes(Duration.ofSeconds(5));
        notifier.hears(quiet(recovered("d2")));
        passes(Duration.ofMinutes(1));

        assertThat(pagerDuty.open()).isEmpty();
        assertThat(notifier.recipients()).containsExactly("team@acme.example");
    }

    @Test
    void endsTheIncidentAfterASilenceAndWritesToNobody() {
        notifier.hears(regressed("d1"));
        passes(Duration.ofSeconds(5));
        SilenceExamples.create(notifier.bean(Silences.class), "s1", "entity", PAYMENTS, NOON.plus(Duration.ofHours(2)));
        notifier.hears(quiet(recovered("d2")));
        passes(Duration.ofMinutes(2));
        assertThat(pagerDuty.open()).hasSize(1);
        passes(Duration.ofHours(2));

        assertThat(pagerDuty.open()).isEmpty();
        assertThat(notifier.recipients()).containsExactly("team@acme.example");
        assertThat(reasons()).containsExactly("none", "INCIDENT");
    }

    @Test
    void writesNothingOfARecoveryThatOnlyEndsTheIncidentBesideOneThatIsTold() {
        notifier.hears(
                regressed(PAYMENTS, 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)),
                regressed(CHECKOUT, 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)));
        passes(Duration.ofSeconds(5));
        assertThat(pagerDuty.open()).hasSize(1);
        notifier.hears(
                quiet(recovered(PAYMENTS, 3, "d2", Map.of(VULNERABILITIES, Outcome.PASS))),
                recovered(CHECKOUT, 3, "d3", Map.of(VULNERABILITIES, Outcome.PASS)));
        passes(Duration.ofMinutes(2));

        assertThat(pagerDuty.open()).isEmpty();
        assertSameThread(2);
        assertThat(Running.text(notifier.mails().getLast()))
                .contains("checkout recovered")
                .doesNotContain(PAYMENTS);
        assertThat(reasons()).containsExactlyInAnyOrder("none", "none", "none", "INCIDENT");
    }

    @Test
    void writesToNobodyOfARecoveryThatIsToldOfTooLateAndEndsNoIncident() {
        notifier.hears(broke(2, TransitionKind.REGRESSED, Outcome.PASS, Outcome.FAIL));
        passes(Duration.ofMinutes(1));
        notifier.bean(Intake.class)
                .accept(
                        broke(3, TransitionKind.RECOVERED, Outcome.FAIL, Outcome.PASS),
                        notifier.clock.instant().minus(Duration.ofDays(2)));
        passes(Duration.ofMinutes(1));

        assertThat(notifier.recipients()).containsExactly("team@acme.example");
        assertThat(notifier.receipts()).last().isEqualTo("none/none SUPPRESSED TOO_OLD");
    }

    @Test
    void endsTheIncidentOfARuleThatTheScorecardDropped() {
        notifier.hears(regressed("d1"));
        passes(Duration.ofSeconds(5));
        notifier.hears(transition(
                PAYMENTS, 3, TransitionKind.BASELINE, "bronze", "silver", Outcome.FAIL, Map.of(), dependabot("d2")));
        passes(Duration.ofMinutes(1));

        assertThat(pagerDuty.open()).isEmpty();
        assertSameThread(2);
    }

    @Test
    void endsTheIncidentThatALaterRegressionOpenedByAnotherRoute() {
        notifier.hears(broke(2, TransitionKind.REGRESSED, Outcome.PASS, Outcome.FAIL));
        passes(Duration.ofSeconds(30));
        assertThat(pagerDuty.calls()).isEmpty();
        notifier.hears(
                regressed(PAYMENTS, 3, "d3", Map.of("has-runbook", Outcome.FAIL, VULNERABILITIES, Outcome.FAIL)));
        passes(Duration.ofSeconds(5));
        assertThat(pagerDuty.open()).hasSize(1);
        notifier.hears(
                recovered(PAYMENTS, 4, "d4", Map.of("has-runbook", Outcome.PASS, VULNERABILITIES, Outcome.PASS)));
        passes(Duration.ofMinutes(1));

        assertThat(pagerDuty.open()).isEmpty();
        assertSameThread(3);
    }

    @Test
    void endsTheIncidentOfWhatBrokeAgainInAnotherOneAndDoesNotSayThatItRecovered() {
        notifier.hears(regressed("d1"));
        passes(Duration.ofSeconds(5));
        notifier.hears(
                recovered("d2"),
                broke(4, TransitionKind.REGRESSED, Outcome.PASS, Outcome.FAIL),
                besides(
                        regressed(PAYMENTS, 5, "d5", Map.of("has-owner", Outcome.FAIL, VULNERABILITIES, Outcome.FAIL)),
                        "has-runbook",
                        Outcome.FAIL));
        passes(Duration.ofSeconds(5));
        assertThat(pagerDuty.open()).hasSize(2);
        passes(Duration.ofMinutes(1));

        assertThat(events("event_action")).containsExactly("trigger", "trigger", "resolve");
        assertThat(pagerDuty.open()).hasSize(1);
        assertThat(subjects()).hasSize(2).allMatch(it -> it.contains("regressed"));
        assertThat(reasons()).contains("INCIDENT");
    }

    @Test
    void saysNothingWhenAnEntityEndsBeforeAnybodyHeard() {
        notifier.hears(regressed("d1"), ended(recovered("d2")));
        passes(Duration.ofMinutes(1));

        assertThat(pagerDuty.calls()).isEmpty();
        assertThat(notifier.mails()).isEmpty();
    }

    @Test
    void endsTheIncidentOnceWhatWentBackAndForthIsGood() {
        notifier.hears(regressed("d1"));
        passes(Duration.ofSeconds(5));
        for (var version = 3; version < 40; version++) {
            notifier.hears(
                    version % 2 == 0
                            ? regressed(PAYMENTS, version, "d" + version, Map.of(VULNERABILITIES, Outcome.FAIL))
                            : recovered(PAYMENTS, version, "d" + version, Map.of(VULNERABILITIES, Outcome.PASS)));
            passes(Duration.ofSeconds(6));
        }
        passes(Duration.ofMinutes(11));

        assertThat(events("event_action"))
                .startsWith("trigger")
                .filteredOn("trigger"::equals)
                .hasSize(1);
        assertThat(pagerDuty.open()).isEmpty();
        assertSameThread(2);
    }

    private List<String> reasons() {
        return notifier.db()
                .sql("select coalesce(reason, 'none') from transitions order by version")
                .query(String.class)
                .list();
    }

    /// As many mails to the team, the last of which answers the first.
    private void assertSameThread(int mails) {
        assertThat(notifier.recipients()).hasSize(mails).containsOnly("team@acme.example");
        assertThat(Running.header(notifier.mails().getLast(), "In-Reply-To"))
                .isEqualTo(Running.header(notifier.mails().getFirst(), "Message-ID"));
    }

    private List<String> events(String field) {
        return pagerDuty.calls().stream()
                .map(it -> it.json().path(field).asString())
                .toList();
    }

    private List<String> subjects() {
        return notifier.mails().stream()
                .map(Running::subject)
                .map(it -> it.replace("[Muster] ", ""))
                .toList();
    }

    private void passes(Duration time) {
        notifier.clock.pass(time);
        closes();
    }

    private void at(String instant) {
        notifier.clock.set(Instant.parse(instant));
        closes();
    }

    private void closes() {
        while (notifier.bean(Closing.class).closeOne()) {}
        notifier.sends();
    }

    /// No level is lost or won.
    private static Transition broke(long version, TransitionKind kind, Outcome before, Outcome after) {
        return transition(
                PAYMENTS,
                version,
                kind,
                "silver",
                "silver",
                before,
                Map.of("has-runbook", after),
                dependabot("d" + version));
    }
}

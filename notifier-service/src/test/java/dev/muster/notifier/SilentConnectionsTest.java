package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.connection.SilentConnections;
import dev.muster.notifier.silence.SilenceExamples;
import dev.muster.notifier.silence.Silences;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.ConnectionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Connections that are silent, with a database, a mail server and a Slack.
class SilentConnectionsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    static {
        // Avro copies records only of classes that the topics vouch for.
        new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://connections"))).all();
    }

    private Running notifier;

    @BeforeEach
    void start() {
        notifier = Running.usual();
    }

    @Test
    void areToldOnceToTheFallbackWhenNobodyOwnsThem() {
        hear("github", NOON);
        hear("github", NOON);
        notifier.clock.pass(MINUTE);
        hear("github", NOON);
        notifier.waitsAndSends();
        hear("github", NOON);
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).containsExactly("platform@acme.example");
        assertThat(Running.subject(notifier.mails().getFirst()))
                .contains("Connection github is silent for longer than usual");
        assertThat(Running.text(notifier.mails().getFirst()))
                .contains(
                        "the last delivery came at 2026-11-23 11:00:00 UTC",
                        "Longer than usual since 2026-11-23 12:00:00 UTC",
                        "is the webhook still there and active?",
                        "https://muster.example/connections");
        assertThat(notifier.receipts()).containsExactly("email/fallback ACCEPTED");
    }

    @Test
    void areToldToTheirOwnerAndOnceMoreInTheThreadWhenTheyReportAgain() {
        own("github");
        hear("github", NOON);
        notifier.waitsAndSends();
        assertThat(notifier.deliveries())
                .containsExactly("email/group:default/payments-team ACCEPTED", "slack/payments-alerts SENT");

        notifier.team(Map.of(), "moved@acme.example");
        reports("github", NOON.plus(Duration.ofHours(2)));
        reports("github", NOON.plus(Duration.ofHours(3)));
        notifier.waitsAndSends();

        var mails = notifier.mails();
        assertThat(mails).hasSize(2);
        assertThat(Running.header(mails.getLast(), "To"))
                .as("where it was told")
                .isEqualTo("team@acme.example");
        assertThat(Running.header(mails.getLast(), "In-Reply-To"))
                .isEqualTo(Running.header(mails.getFirst(), "Message-ID"));
        assertThat(Running.text(mails.getLast()))
                .contains(
                        "Connection github reports again",
                        "again since 2026-11-23 14:00:00 UTC",
                        "Ends: Connection github is silent for longer than usual");
        assertThat(notifier.slack.calls("payments")).hasSize(2);
    }

    @Test
    void areToldToNobodyWhenTheyReportBeforeAnybodyHeard() {
        hear("github", NOON);
        reports("github", NOON.plusSeconds(5));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).isEmpty();
        assertThat(notifier.receipts()).containsExactly("none/none SUPPRESSED NO_LONGER_SO");
    }

    @Test
    void areOneMessageWhenSeveralFallSilentAndSayWhichStillAre() {
        for (var name : List.of("github", "gitlab", "sonarqube")) {
            hear(name, NOON);
        }
        notifier.waitsAndSends();
        assertThat(Running.subject(notifier.mails().getFirst()))
                .contains("3 connections are silent for longer than usual");

        reports("gitlab", NOON.plus(MINUTE));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).hasSize(2);
        assertThat(Running.text(notifier.mails().getLast()))
                .contains("Connection gitlab reports again", "Still silent: github, sonarqube.");
    }

    @Test
    void areToldAgainWhenTheyFallSilentAgain() {
        hear("github", NOON);
        notifier.waitsAndSends();
        reports("github", NOON.plus(MINUTE));
        notifier.waitsAndSends();
        hear("github", NOON.plus(Duration.ofDays(2)));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).hasSize(3);
    }

    @Test
    void areLeftToTheScorecardThatJudgesThem() {
        own("github");
        notifier.db()
                .sql("insert into scored (entity, scorecard, since, score, outcomes)"
                        + " values ('resource:connections/github', 'connections', now(), 0, '{}')")
                .update();
        hear("github", NOON);
        notifier.waitsAndSends();

        assertThat(notifier.mails()).isEmpty();
    }

    @Test
    void areNotEndedByWhatWasWrittenBefore() {
        hear("github", NOON);
        notifier.waitsAndSends();
        connections().hear(status("github", null, NOON.minus(MINUTE)), NOON.minus(MINUTE));
        notifier.waitsAndSends();
        assertThat(notifier.mails()).hasSize(1);

        connections().gone("github", notifier.clock.instant());
        notifier.waitsAndSends();
        assertThat(notifier.mails()).as("nobody waits for it").hasSize(1);
    }

    @Test
    void canBeSilencedByTheirKind() {
        SilenceExamples.create(
                notifier.bean(Silences.class), "s1", "kind", "connection", Instant.parse("2026-11-23T18:00:00Z"));
        hear("github", NOON);
        notifier.waitsAndSends();
        assertThat(notifier.mails()).isEmpty();

        notifier.clock.set(Instant.parse("2026-11-23T18:00:00Z"));
        notifier.waitsAndSends();
        assertThat(notifier.mails()).hasSize(1);
    }

    private void own(String connection) {
        var ref = "resource:connections/" + connection;
        notifier.bean(Catalog.class).put(new CatalogEntry(ref, connection, TEAM, null, Map.of()), NOON);
    }

    private void hear(String name, Instant silentSince) {
        connections().hear(status(name, silentSince, silentSince.minus(Duration.ofHours(1))), notifier.clock.instant());
    }

    private void reports(String name, Instant at) {
        connections().hear(status(name, null, at), notifier.clock.instant());
    }

    private SilentConnections connections() {
        return notifier.bean(SilentConnections.class);
    }

    private static ConnectionStatus status(String name, @Nullable Instant silentSince, Instant lastAcceptedAt) {
        return ConnectionStatus.newBuilder()
                .setName(name)
                .setSource("github")
                .setSilentSince(silentSince)
                .setLastAcceptedAt(lastAcceptedAt)
                .build();
    }
}

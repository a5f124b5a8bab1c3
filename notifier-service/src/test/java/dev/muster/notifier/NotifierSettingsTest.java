package dev.muster.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.pagerduty.PagerDutySettings;
import dev.muster.notifier.pipeline.RoutesInUse;
import dev.muster.notifier.slack.SlackDestination;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class NotifierSettingsTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(EnableSettings.class);

    @Test
    void hasTheseDefaults() {
        context.run(it -> assertThat(it.getBean(NotifierSettings.class))
                .isEqualTo(new NotifierSettings(
                        Duration.ofSeconds(30),
                        Duration.ofHours(24),
                        10,
                        Duration.ofMillis(250),
                        Duration.ofSeconds(20),
                        32,
                        Duration.ofDays(400),
                        Map.of(),
                        new NotifierSettings.Fallback(null, null, List.of()),
                        new NotifierSettings.Reminders(
                                Duration.ofDays(14),
                                Duration.ofDays(7),
                                Duration.ofDays(14),
                                Duration.ofDays(14),
                                true),
                        new NotifierSettings.Retry(Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofHours(24)),
                        new NotifierSettings.OutboundLimits(
                                List.of(
                                        "hooks.slack.com",
                                        "slack.com",
                                        "*.logic.azure.com",
                                        "*.environment.api.powerplatform.com",
                                        "events.pagerduty.com",
                                        "events.eu.pagerduty.com",
                                        "api.opsgenie.com",
                                        "api.eu.opsgenie.com"),
                                List.of(),
                                Duration.ofSeconds(10)),
                        new NotifierSettings.Email("muster@localhost", "Muster", null, null, 3),
                        new NotifierSettings.Slack(URI.create("https://slack.com/api/"), Duration.ofSeconds(1)),
                        null,
                        null,
                        5,
                        Duration.ofDays(90),
                        new NotifierSettings.Flap(
                                6, Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofMinutes(1)),
                        new NotifierSettings.Snooze(null, null, Duration.ofDays(14)),
                        new NotifierSettings.Report(true, DayOfWeek.MONDAY, "09:00", ZoneId.of("UTC")))));
    }

    @Test
    void refusesRoutesWithMistakesByTheirPlaceAndWhatWasMeant(@TempDir Path folder) throws IOException {
        var routes = Files.writeString(folder.resolve("routes.yaml"), """
                apiVersion: muster.dev/v1
                kind: Routes
                spec:
                  route:
                    receivers: [alert]
                """);

        context.withPropertyValues(
                        "muster.notifier.destinations.alerts.type=slack-webhook",
                        "muster.notifier.destinations.alerts.url=https://hooks.slack.com/services/T/B/x",
                        "muster.notifier.routes-file=" + routes)
                .run(it -> assertThat(it)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("routes.yaml:5:17: no destination 'alert' is configured")
                        .hasMessageContaining("did you mean 'alerts'?"));
        context.withPropertyValues("muster.notifier.routes-file=" + folder.resolve("gone.yaml"))
                .run(it -> assertThat(it)
                        .hasFailed()
                        .getFailure()
                        .hasStackTraceContaining("muster.notifier.routes-file cannot be read"));
    }

    @Test
    void readsEveryProperty(@TempDir Path folder) throws IOException {
        var routes = Files.writeString(folder.resolve("routes.yaml"), """
                apiVersion: muster.dev/v1
                kind: Routes
                spec:
                  route:
                    receivers: [alerts]
                """);
        context.withPropertyValues(
                        "muster.notifier.group-wait=5s",
                        "muster.notifier.max-age=2h",
                        "muster.notifier.max-entities=20",
                        "muster.notifier.poll=100ms",
                        "muster.notifier.send-within=10s",
                        "muster.notifier.parallel=4",
                        "muster.notifier.keep=30d",
                        "muster.notifier.destinations.alerts.type=slack-webhook",
                        "muster.notifier.destinations.alerts.url=https://hooks.slack.com/services/T/B/hunter2",
                        "muster.notifier.destinations.bot.type=slack-bot",
                        "muster.notifier.destinations.bot.token=xoxb-hunter2",
                        "muster.notifier.destinations.bot.channel=C1",
                        "muster.notifier.destinations.pager.type=pagerduty",
                        "muster.notifier.destinations.pager.key=hunter2",
                        "muster.notifier.destinations.pager.region=eu",
                        "muster.notifier.destinations.pager.severity=critical",
                        "muster.notifier.destinations.pager.pace=1s",
                        "muster.notifier.destinations.pager.burst=7",
                        "muster.notifier.destinations.hook.type=webhook",
                        "muster.notifier.destinations.hook.url=https://hooks.slack.com/x",
                        "muster.notifier.destinations.hook.secrets=" + SECRET,
                        "muster.notifier.destinations.hook.headers.authorization=Bearer hunter2",
                        "muster.notifier.destinations.hook.tells=regression,recovery",
                        "muster.notifier.fallback.destinations=pager",
                        "muster.notifier.fallback.email=platform@acme.example",
                        "muster.notifier.fallback.slack=alerts",
                        "muster.notifier.reminders.attestations=30d",
                        "muster.notifier.reminders.exemptions=2d",
                        "muster.notifier.reminders.rules=0s",
                        "muster.notifier.reminders.initiatives=3d",
                        "muster.notifier.reminders.connections=false",
                        "muster.notifier.retry.base=1s",
                        "muster.notifier.retry.cap=1m",
                        "muster.notifier.retry.budget=1h",
                        "muster.notifier.outbound.allowed-hosts=http://localhost:*,hooks.slack.com",
                        "muster.notifier.outbound.allowed-networks=10.20.0.0/16",
                        "muster.notifier.outbound.within=3s",
                        "muster.notifier.email.from=muster@acme.example",
                        "muster.notifier.email.name=Readiness",
                        "muster.notifier.email.unsubscribe-url=https://muster.acme.example",
                        "muster.notifier.email.unsubscribe-secret=hunter2-hunter2-hunter2-hunter2-links",
                        "muster.notifier.email.refusals=5",
                        "muster.notifier.slack.api-url=http://localhost:1/api",
                        "muster.notifier.slack.pace=2s",
                        "muster.notifier.routes-file=" + routes,
                        "muster.notifier.templates=" + folder,
                        "muster.notifier.storm=3",
                        "muster.notifier.longest-silence=7d",
                        "muster.notifier.flap.changes=8",
                        "muster.notifier.flap.within=5m",
                        "muster.notifier.flap.longest=30m",
                        "muster.notifier.flap.confirm=20s",
                        "muster.notifier.snooze.url=https://muster.acme.example",
                        "muster.notifier.snooze.secret=hunter2-hunter2-hunter2-hunter2-links",
                        "muster.notifier.snooze.valid=2d",
                        "muster.notifier.report.enabled=false",
                        "muster.notifier.report.day=friday",
                        "muster.notifier.report.at=08:30",
                        "muster.notifier.report.zone=Europe/Berlin")
                .run(it -> {
                    var settings = it.getBean(NotifierSettings.class);
                    assertThat(settings)
                            .isEqualTo(new NotifierSettings(
                                    Duration.ofSeconds(5),
                                    Duration.ofHours(2),
                                    20,
                                    Duration.ofMillis(100),
                                    Duration.ofSeconds(10),
                                    4,
                                    Duration.ofDays(30),
                                    settings.destinations(),
                                    new NotifierSettings.Fallback("platform@acme.example", "alerts", List.of("pager")),
                                    new NotifierSettings.Reminders(
                                            Duration.ofDays(30),
                                            Duration.ofDays(2),
                                            Duration.ZERO,
                                            Duration.ofDays(3),
                                            false),
                                    new NotifierSettings.Retry(
                                            Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1)),
                                    new NotifierSettings.OutboundLimits(
                                            List.of("http://localhost:*", "hooks.slack.com"),
                                            List.of("10.20.0.0/16"),
                                            Duration.ofSeconds(3)),
                                    new NotifierSettings.Email(
                                            "muster@acme.example",
                                            "Readiness",
                                            URI.create("https://muster.acme.example"),
                                            "hunter2-hunter2-hunter2-hunter2-links",
                                            5),
                                    new NotifierSettings.Slack(
                                            URI.create("http://localhost:1/api/"), Duration.ofSeconds(2)),
                                    routes,
                                    folder,
                                    3,
                                    Duration.ofDays(7),
                                    new NotifierSettings.Flap(
                                            8, Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofSeconds(20)),
                                    new NotifierSettings.Snooze(
                                            URI.create("https://muster.acme.example"),
                                            "hunter2-hunter2-hunter2-hunter2-links",
                                            Duration.ofDays(2)),
                                    new NotifierSettings.Report(
                                            false, DayOfWeek.FRIDAY, "08:30", ZoneId.of("Europe/Berlin"))));
                    assertThat(new Rooms(settings)
                                    .forPipeline(new RoutesInUse(settings.readRoutes(), Instant.EPOCH))
                                    .fallback())
                            .containsExactly(
                                    Destination.email("fallback", "platform@acme.example"),
                                    Destination.slack("alerts"),
                                    Destination.named(ChannelName.PAGERDUTY, "pager"));
                    assertThat(new Rooms(settings)
                                    .forPipeline(new RoutesInUse(settings.readRoutes(), Instant.EPOCH))
                                    .channels())
                            .containsEntry("alerts", ChannelName.SLACK)
                            .containsEntry("bot", ChannelName.SLACK)
                            .containsEntry("pager", ChannelName.PAGERDUTY)
                            .containsEntry("hook", ChannelName.WEBHOOK);
                    assertThat(new Rooms(settings).forSlack().destinations())
                            .containsOnly(
                                    Map.entry("bot", new SlackDestination.Bot("xoxb-hunter2", "C1")),
                                    Map.entry(
                                            "alerts",
                                            new SlackDestination.Webhook(
                                                    URI.create("https://hooks.slack.com/services/T/B/hunter2"))));
                    assertThat(new Rooms(settings).forPagerDuty().destinations())
                            .containsOnly(Map.entry(
                                    "pager",
                                    new PagerDutySettings.Service(
                                            URI.create("https://events.eu.pagerduty.com/"),
                                            "hunter2",
                                            "critical",
                                            new Pace(Duration.ofSeconds(1), 7))));
                    assertThat(new Rooms(settings).forWebhooks().destinations().get("hook"))
                            .satisfies(hook -> {
                                assertThat(hook.keys()).hasSize(1);
                                assertThat(hook.headers()).containsEntry("authorization", "Bearer hunter2");
                                assertThat(hook.tells())
                                        .containsExactlyInAnyOrder(Direction.REGRESSION, Direction.RECOVERY);
                            });
                    assertThat(settings.toString()).doesNotContain("hunter2");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "group-wait=999ms|muster.notifier.group-wait must be at least PT1S",
                "max-age=1s|muster.notifier.max-age must be at least PT1M",
                "max-entities=0|muster.notifier.max-entities must be 1 to 40",
                "max-entities=41|muster.notifier.max-entities must be 1 to 40",
                "poll=0s|muster.notifier.poll must be at least PT0.01S",
                "send-within=0s|muster.notifier.send-within must be at least PT1S",
                "parallel=0|muster.notifier.parallel must be 1 to 256",
                "keep=1h|muster.notifier.keep must be at least PT24H",
                "reminders.attestations=-1s|muster.notifier.reminders.attestations must be at least PT0S",
                "reminders.exemptions=-1d|muster.notifier.reminders.exemptions must be at least PT0S",
                "reminders.rules=-1ms|muster.notifier.reminders.rules must be at least PT0S",
                "destinations.x.url=https://hooks.slack.com/a|muster.notifier.destinations.x.type must be slack-webhook, slack-bot, teams, pagerduty, opsgenie or webhook",
                "destinations.x.type=slack-webhook|muster.notifier.destinations.x.url is missing",
                "destinations.x.type=slack-bot|muster.notifier.destinations.x.token is missing",
                "destinations.x.type=teams|muster.notifier.destinations.x.url is missing",
                "destinations.x.type=pagerduty|muster.notifier.destinations.x.key is missing",
                "destinations.x.type=opsgenie|muster.notifier.destinations.x.key is missing",
                "destinations.x.type=webhook|muster.notifier.destinations.x.secrets is missing: only what a template makes, such as a ticket, may go unsigned",
                "fallback.destinations=typo|muster.notifier.fallback.destinations must name muster.notifier.destinations, and 'typo' is none",
                "outbound.allowed-networks=10|muster.notifier.outbound.allowed-networks has an entry that is not a range such as 10.20.0.0/16: 10",
                "fallback.email=a@b c@d|muster.notifier.fallback.email must be one plain mail address",
                "fallback.slack=typo|muster.notifier.fallback.slack must name one of muster.notifier.destinations that is Slack's",
                "retry.base=0s|muster.notifier.retry.base must be at least PT0.01S",
                "retry.cap=1s|muster.notifier.retry.cap must be at least PT5S",
                "retry.budget=0s|muster.notifier.retry.budget must be at least PT1S",
                "outbound.within=0s|muster.notifier.outbound.within must be at least PT0.1S",
                "outbound.within=20s|muster.notifier.outbound.within must be below muster.notifier.send-within",
                "email.from=nobody|muster.notifier.email.from must be one plain mail address",
                "slack.pace=-1s|muster.notifier.slack.pace must be at least PT0S"
            })
    void namesThePropertyThatIsWrong(String property, String message) {
        context.withPropertyValues("muster.notifier." + property)
                .run(it -> assertThat(it).getFailure().rootCause().hasMessage(message));
    }

    @Test
    void stopsAtAPropertyThatItDoesNotKnow() {
        context.withPropertyValues("muster.notifier.group-wiat=5s")
                .run(it -> assertThat(it).getFailure().rootCause().hasMessageContaining("muster.notifier.group-wiat"));
    }

    @Test
    void neverPrintsASecret() {
        context.withPropertyValues(
                        "muster.notifier.destinations.bot.type=slack-bot",
                        "muster.notifier.destinations.bot.token=hunter2",
                        "muster.notifier.destinations.bot.channel=C1")
                .run(it -> assertThat(it.getBean(NotifierSettings.class)
                                .destinations()
                                .toString())
                        .doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://evil.example/hunter2|https://evil.example:443 is not in muster.notifier.outbound.allowed-hosts",
                "http://hooks.slack.com/hunter2|http://hooks.slack.com:80 is not in muster.notifier.outbound.allowed-hosts",
                "https://user@hooks.slack.com/hunter2|an address with a user, or without a host",
                "file:///etc/hunter2|not an https address"
            })
    void refusesADestinationThatMayNotBeCalled(String url, String why) {
        context.withPropertyValues(
                        "muster.notifier.destinations.x.type=teams", "muster.notifier.destinations.x.url=" + url)
                .run(it -> assertThat(it)
                        .getFailure()
                        .rootCause()
                        .hasMessage("muster.notifier.destinations.x.url cannot be called: " + why));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secrets=hunter2|secrets must be whsec_ and the Base64 of 24 to 64 random bytes",
                "headers.webhook-id=x|headers has a name that cannot be set: webhook-id",
                "template=/no/such.mustache|template cannot be read: /no/such.mustache (NoSuchFileException)",
                "burst=0|burst must be at least 1",
                "pace=-1s|pace must be at least PT0S"
            })
    void namesWhatIsWrongWithAWebhook(String property, String message) {
        context.withPropertyValues(
                        "muster.notifier.destinations.x.type=webhook",
                        "muster.notifier.destinations.x.url=https://hooks.slack.com/x",
                        "muster.notifier.destinations.x.secrets=" + SECRET,
                        "muster.notifier.destinations.x." + property)
                .run(it -> assertThat(it)
                        .getFailure()
                        .rootCause()
                        .hasMessage("muster.notifier.destinations.x." + message));
    }

    @Test
    void letsNoMailWaitForEver() {
        context.withInitializer(new ConfigDataApplicationContextInitializer()).run(it -> {
            for (var name : List.of("connectiontimeout", "timeout", "writetimeout")) {
                assertThat(it.getEnvironment().getProperty("spring.mail.properties.mail.smtp." + name, Integer.class))
                        .as(name)
                        .isBetween(1, 10_000);
            }
        });
    }

    @EnableConfigurationProperties(NotifierSettings.class)
    static class EnableSettings {}
}

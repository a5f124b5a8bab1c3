package dev.muster.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.NotifierSettings.DestinationSettings;
import dev.muster.notifier.NotifierSettings.DestinationType;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.slack.SlackDestination;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class NotifierSettingsTest {

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
                        16,
                        Duration.ofDays(400),
                        Map.of(),
                        new NotifierSettings.Fallback(null, null),
                        new NotifierSettings.Reminders(Duration.ofDays(14), Duration.ofDays(7), Duration.ofDays(14)),
                        new NotifierSettings.Retry(Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofHours(24)),
                        new NotifierSettings.OutboundLimits(
                                List.of("hooks.slack.com", "slack.com"), Duration.ofSeconds(10)),
                        new NotifierSettings.Email("muster@localhost", "Muster"),
                        new NotifierSettings.Slack(URI.create("https://slack.com/api/"), Duration.ofSeconds(1)))));
    }

    @Test
    void readsEveryProperty() {
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
                        "muster.notifier.fallback.email=platform@acme.example",
                        "muster.notifier.fallback.slack=alerts",
                        "muster.notifier.reminders.attestations=30d",
                        "muster.notifier.reminders.exemptions=2d",
                        "muster.notifier.reminders.rules=0s",
                        "muster.notifier.retry.base=1s",
                        "muster.notifier.retry.cap=1m",
                        "muster.notifier.retry.budget=1h",
                        "muster.notifier.outbound.allowed-hosts=http://localhost:*,hooks.slack.com",
                        "muster.notifier.outbound.within=3s",
                        "muster.notifier.email.from=muster@acme.example",
                        "muster.notifier.email.name=Readiness",
                        "muster.notifier.slack.api-url=http://localhost:1/api",
                        "muster.notifier.slack.pace=2s")
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
                                    Map.of(
                                            "alerts",
                                            new DestinationSettings(
                                                    DestinationType.SLACK_WEBHOOK,
                                                    URI.create("https://hooks.slack.com/services/T/B/hunter2"),
                                                    null,
                                                    null),
                                            "bot",
                                            new DestinationSettings(
                                                    DestinationType.SLACK_BOT, null, "xoxb-hunter2", "C1")),
                                    new NotifierSettings.Fallback("platform@acme.example", "alerts"),
                                    new NotifierSettings.Reminders(
                                            Duration.ofDays(30), Duration.ofDays(2), Duration.ZERO),
                                    new NotifierSettings.Retry(
                                            Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1)),
                                    new NotifierSettings.OutboundLimits(
                                            List.of("http://localhost:*", "hooks.slack.com"), Duration.ofSeconds(3)),
                                    new NotifierSettings.Email("muster@acme.example", "Readiness"),
                                    new NotifierSettings.Slack(
                                            URI.create("http://localhost:1/api/"), Duration.ofSeconds(2))));
                    assertThat(settings.forPipeline().fallback())
                            .containsExactly(
                                    Destination.email("fallback", "platform@acme.example"),
                                    Destination.slack("alerts"));
                    assertThat(settings.forSlack().destinations().get("bot"))
                            .isEqualTo(new SlackDestination.Bot("xoxb-hunter2", "C1"));
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
                "destinations.x.url=https://hooks.slack.com/a|muster.notifier.destinations.x.type must be slack-webhook or slack-bot",
                "destinations.x.type=slack-webhook|muster.notifier.destinations.x.url is missing",
                "destinations.x.type=slack-bot|muster.notifier.destinations.x.token is missing",
                "fallback.email=a@b c@d|muster.notifier.fallback.email must be one plain mail address",
                "fallback.slack=typo|muster.notifier.fallback.slack must name one of muster.notifier.destinations",
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
        assertThat(new DestinationSettings(
                                DestinationType.SLACK_BOT,
                                URI.create("https://hooks.slack.com/services/hunter2"),
                                "hunter2",
                                "C1")
                        .toString())
                .doesNotContain("hunter2");
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

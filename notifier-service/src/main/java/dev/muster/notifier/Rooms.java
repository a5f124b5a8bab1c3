package dev.muster.notifier;

import dev.muster.notifier.delivery.Backoff;
import dev.muster.notifier.delivery.DeliverySettings;
import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.email.EmailSettings;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.opsgenie.OpsgenieSettings;
import dev.muster.notifier.outbound.AllowedAddresses;
import dev.muster.notifier.outbound.AllowedHosts;
import dev.muster.notifier.outbound.OutboundSettings;
import dev.muster.notifier.pagerduty.PagerDutySettings;
import dev.muster.notifier.pipeline.FlapSettings;
import dev.muster.notifier.pipeline.PipelineSettings;
import dev.muster.notifier.pipeline.RoutesInUse;
import dev.muster.notifier.reminder.ReminderSettings;
import dev.muster.notifier.report.ReportSettings;
import dev.muster.notifier.silence.SilenceSettings;
import dev.muster.notifier.silence.SnoozeSettings;
import dev.muster.notifier.slack.SlackSettings;
import dev.muster.notifier.teams.TeamsSettings;
import dev.muster.notifier.webhook.WebhookSettings;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Gives each part of the notifier what it has to know of the settings, and nothing else.
@Component
record Rooms(NotifierSettings settings) {

    private List<Destination> toFallback() {
        var all = new ArrayList<Destination>();
        if (settings.fallback().email() != null) {
            all.add(Destination.email("fallback", settings.fallback().email()));
        }
        if (settings.fallback().slack() != null) {
            all.add(Destination.slack(settings.fallback().slack()));
        }
        for (var name : settings.fallback().destinations()) {
            var destination =
                    Destination.named(Objects.requireNonNull(channels().get(name)), name);
            if (!all.contains(destination)) {
                all.add(destination);
            }
        }
        return List.copyOf(all);
    }

    /// The channel of each configured destination.
    Map<String, ChannelName> channels() {
        return settings.destinations().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, it -> it.getValue().type().channel()));
    }

    /// @param routes those that hold
    PipelineSettings forPipeline(RoutesInUse routes) {
        return new PipelineSettings(
                settings.groupWait(),
                settings.maxAge(),
                settings.retry().budget(),
                channels(),
                toFallback(),
                routes,
                new FlapSettings(
                        settings.flap().changes(),
                        settings.flap().within(),
                        settings.flap().longest(),
                        settings.flap().confirm()),
                settings.storm());
    }

    SilenceSettings forSilences() {
        return new SilenceSettings(settings.longestSilence());
    }

    SnoozeSettings forSnoozes() {
        return SnoozeSettings.of(
                settings.snooze().url(),
                settings.snooze().secret(),
                settings.snooze().valid());
    }

    ReportSettings forReports() {
        return ReportSettings.of(
                settings.report().enabled(),
                settings.report().day(),
                LocalTime.parse(settings.report().at()),
                settings.report().zone());
    }

    ReminderSettings forReminders() {
        return new ReminderSettings(
                settings.reminders().attestations(),
                settings.reminders().exemptions(),
                settings.reminders().rules(),
                settings.reminders().initiatives(),
                settings.reminders().connections(),
                settings.groupWait());
    }

    DeliverySettings forDelivery() {
        return new DeliverySettings(
                new Backoff(settings.retry().base(), settings.retry().cap()),
                settings.retry().budget(),
                settings.sendWithin(),
                settings.parallel(),
                settings.email().refusals(),
                toFallback(),
                channels());
    }

    OutboundSettings forOutbound() {
        return new OutboundSettings(
                new AllowedHosts(settings.outbound().allowedHosts()),
                new AllowedAddresses(settings.outbound().allowedNetworks()),
                settings.outbound().within());
    }

    EmailSettings forEmail() {
        return settings.email().settings();
    }

    SlackSettings forSlack() {
        var usual = new Pace(settings.slack().pace(), 1);
        return new SlackSettings(
                settings.slack().apiUrl(),
                of(ChannelName.SLACK, (at, it) -> it.slack(at)),
                of(ChannelName.SLACK, (at, it) -> it.pace(at, usual)));
    }

    TeamsSettings forTeams() {
        return new TeamsSettings(of(ChannelName.TEAMS, (at, it) -> it.teams(at)));
    }

    PagerDutySettings forPagerDuty() {
        return new PagerDutySettings(of(ChannelName.PAGERDUTY, (at, it) -> it.pagerDuty(at)));
    }

    OpsgenieSettings forOpsgenie() {
        return new OpsgenieSettings(of(ChannelName.OPSGENIE, (at, it) -> it.opsgenie(at)));
    }

    WebhookSettings forWebhooks() {
        return new WebhookSettings(of(ChannelName.WEBHOOK, (at, it) -> it.webhook(at)));
    }

    private <T> Map<String, T> of(ChannelName channel, BiFunction<String, DestinationSettings, T> reading) {
        return settings.destinations().entrySet().stream()
                .filter(it -> it.getValue().type().channel() == channel)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        it -> reading.apply("muster.notifier.destinations." + it.getKey(), it.getValue())));
    }
}

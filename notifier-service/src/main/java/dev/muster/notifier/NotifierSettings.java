package dev.muster.notifier;

import dev.muster.notifier.delivery.Backoff;
import dev.muster.notifier.delivery.DeliverySettings;
import dev.muster.notifier.email.EmailSettings;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.outbound.AllowedHosts;
import dev.muster.notifier.outbound.OutboundSettings;
import dev.muster.notifier.pipeline.PipelineSettings;
import dev.muster.notifier.reminder.ReminderSettings;
import dev.muster.notifier.slack.SlackDestination;
import dev.muster.notifier.slack.SlackSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set, all of it checked at the start. Never prints a secret.
///
/// @param groupWait how long transitions of one owner and cause gather into one message; at least 1 s
/// @param maxAge transitions that were written longer ago are told to nobody, so that a first start floods nobody
/// @param maxEntities entities that one message lists
/// @param poll how often the ledger is asked for work
/// @param sendWithin how long one attempt may take
/// @param parallel attempts at once
/// @param keep how long the ledger remembers
/// @param destinations by the name that a group's annotation `muster.dev/slack-webhook` uses
/// @param fallback who hears of what has no other destination, and of what could not be delivered
@ConfigurationProperties(value = "muster.notifier", ignoreUnknownFields = false)
record NotifierSettings(
        @DefaultValue("30s") Duration groupWait,
        @DefaultValue("24h") Duration maxAge,
        @DefaultValue("10") int maxEntities,
        @DefaultValue("250ms") Duration poll,
        @DefaultValue("20s") Duration sendWithin,
        @DefaultValue("16") int parallel,
        @DefaultValue("400d") Duration keep,
        @DefaultValue Map<String, DestinationSettings> destinations,
        @DefaultValue Fallback fallback,
        @DefaultValue Reminders reminders,
        @DefaultValue Retry retry,
        @DefaultValue OutboundLimits outbound,
        @DefaultValue Email email,
        @DefaultValue Slack slack) {

    NotifierSettings {
        atLeast("group-wait", groupWait, Duration.ofSeconds(1));
        atLeast("max-age", maxAge, Duration.ofMinutes(1));
        atLeast("poll", poll, Duration.ofMillis(10));
        atLeast("send-within", sendWithin, Duration.ofSeconds(1));
        atLeast("keep", keep, Duration.ofDays(1));
        between("max-entities", maxEntities, 1, 40);
        between("parallel", parallel, 1, 256);
        destinations = Map.copyOf(destinations);
        destinations.forEach((name, it) -> it.checked("muster.notifier.destinations." + name));
        if (outbound.within().compareTo(sendWithin) >= 0) {
            throw new IllegalArgumentException(
                    "muster.notifier.outbound.within must be below muster.notifier.send-within");
        }
        if (fallback.slack() != null && !destinations.containsKey(fallback.slack())) {
            throw new IllegalArgumentException(
                    "muster.notifier.fallback.slack must name one of muster.notifier.destinations");
        }
    }

    /// What a destination is.
    enum DestinationType {
        /// An incoming webhook of Slack; needs `url`.
        SLACK_WEBHOOK,
        /// A bot of Slack; needs `token` and `channel`.
        SLACK_BOT
    }

    /// @param type `slack-webhook`, which needs a url, or `slack-bot`, which needs a token and a channel
    /// @param url address of an incoming webhook: a credential
    /// @param token token of a bot: a credential
    /// @param channel id of the channel that the bot writes to
    record DestinationSettings(
            DestinationType type,
            @Nullable URI url,
            @Nullable String token,
            @Nullable String channel) {

        SlackDestination checked(String at) {
            return switch (type) {
                case null -> throw new IllegalArgumentException(at + ".type must be slack-webhook or slack-bot");
                case SLACK_WEBHOOK -> new SlackDestination.Webhook(given(at + ".url", url));
                case SLACK_BOT ->
                    new SlackDestination.Bot(
                            oneLine(at + ".token", given(at + ".token", token)), given(at + ".channel", channel));
            };
        }

        @Override
        public String toString() {
            return "DestinationSettings[type=" + type + "]";
        }
    }

    /// @param email mail address
    /// @param slack name of one of the destinations
    record Fallback(@Nullable String email, @Nullable String slack) {

        Fallback {
            if (email != null && email.isBlank()) {
                email = null;
            }
            if (slack != null && slack.isBlank()) {
                slack = null;
            }
            if (email != null && !email.matches("[^@\\s<>,;]+@[^@\\s<>,;]+")) {
                throw new IllegalArgumentException("muster.notifier.fallback.email must be one plain mail address");
            }
        }

        List<Destination> destinations() {
            var all = new ArrayList<Destination>();
            if (email != null) {
                all.add(Destination.email("fallback", email));
            }
            if (slack != null) {
                all.add(Destination.slack(slack));
            }
            return all;
        }
    }

    /// How long before a day its owners are told. Of what lasts less than a day they are not.
    ///
    /// @param attestations how long before an attestation ends, at most half of its time; 0 for never
    /// @param exemptions how long before an exemption ends, at most half of its time; 0 for never
    /// @param rules how long before a rule begins to count, at first 5 min after it was published; 0 for never
    record Reminders(
            @DefaultValue("14d") Duration attestations,
            @DefaultValue("7d") Duration exemptions,
            @DefaultValue("14d") Duration rules) {

        Reminders {
            atLeast("reminders.attestations", attestations, Duration.ZERO);
            atLeast("reminders.exemptions", exemptions, Duration.ZERO);
            atLeast("reminders.rules", rules, Duration.ZERO);
        }
    }

    /// @param base wait after the first attempt, doubled after each further one
    /// @param cap longest wait, also when a receiver asks for more
    /// @param budget how long a delivery is tried
    record Retry(
            @DefaultValue("5s") Duration base,
            @DefaultValue("15m") Duration cap,
            @DefaultValue("24h") Duration budget) {

        Retry {
            atLeast("retry.base", base, Duration.ofMillis(10));
            atLeast("retry.cap", cap, base);
            atLeast("retry.budget", budget, Duration.ofSeconds(1));
        }
    }

    /// @param allowedHosts hosts that may be called, `[scheme://]host[:port]`
    /// @param within how long one call may take
    record OutboundLimits(
            @DefaultValue({"hooks.slack.com", "slack.com"}) List<String> allowedHosts,
            @DefaultValue("10s") Duration within) {

        OutboundLimits {
            atLeast("outbound.within", within, Duration.ofMillis(100));
            allowedHosts = new AllowedHosts(allowedHosts).entries();
        }
    }

    /// @param from address that mail comes from
    /// @param name name that stands before it
    record Email(
            @DefaultValue("muster@localhost") String from,
            @DefaultValue("Muster") String name) {

        Email {
            new EmailSettings(from, name);
        }
    }

    /// @param apiUrl root of Slack's Web API
    /// @param pace least time between two messages to one destination
    record Slack(
            @DefaultValue("https://slack.com/api/") URI apiUrl,
            @DefaultValue("1s") Duration pace) {

        Slack {
            atLeast("slack.pace", pace, Duration.ZERO);
            if (!apiUrl.toString().endsWith("/")) {
                apiUrl = URI.create(apiUrl + "/");
            }
        }
    }

    PipelineSettings forPipeline() {
        return new PipelineSettings(groupWait, maxAge, retry.budget(), destinations.keySet(), fallback.destinations());
    }

    ReminderSettings forReminders() {
        return new ReminderSettings(reminders.attestations(), reminders.exemptions(), reminders.rules(), groupWait);
    }

    DeliverySettings forDelivery() {
        return new DeliverySettings(
                new Backoff(retry.base(), retry.cap()), retry.budget(), sendWithin, parallel, fallback.destinations());
    }

    OutboundSettings forOutbound() {
        return new OutboundSettings(new AllowedHosts(outbound.allowedHosts()), outbound.within());
    }

    EmailSettings forEmail() {
        return new EmailSettings(email.from(), email.name());
    }

    SlackSettings forSlack() {
        return new SlackSettings(
                slack.apiUrl(),
                slack.pace(),
                destinations.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                it -> it.getValue().checked("muster.notifier.destinations." + it.getKey()))));
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException("muster.notifier.%s must be at least %s".formatted(name, least));
        }
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("muster.notifier.%s must be %d to %d".formatted(name, least, most));
        }
    }

    private static <T> T given(String name, @Nullable T value) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static String oneLine(String name, String value) {
        if (value.chars().anyMatch(it -> Character.isISOControl(it) || it > 126)) {
            throw new IllegalArgumentException(name + " must be printable ASCII on one line");
        }
        return value;
    }
}

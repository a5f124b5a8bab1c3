package dev.muster.notifier;

import dev.muster.notifier.email.EmailSettings;
import dev.muster.notifier.email.UnsubscribeLinks;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.outbound.AllowedAddresses;
import dev.muster.notifier.outbound.AllowedHosts;
import dev.muster.notifier.silence.SnoozeSettings;
import dev.muster.routing.Routes;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set, all of it checked at the start. Never prints a secret.
///
/// @param groupWait how long transitions of one owner and cause gather into one message; at least 1 s
/// @param maxAge transitions that were written longer ago are told to nobody, so that a first start
/// floods nobody
/// @param maxEntities entities that one message lists
/// @param poll how often the ledger is asked for work
/// @param sendWithin how long one attempt may take
/// @param parallel attempts at once, of each channel
/// @param keep how long the ledger remembers
/// @param destinations by the name that a group's annotation `muster.dev/slack-webhook` uses
/// @param routesFile file with the routes, see docs/notifications.md, read again when it changes; without
/// one the owner or the fallback hears at once
/// @param templates folder with templates of messages in place of those that ship, see
/// docs/notifications-channels.md, read again when they change
/// @param storm messages of one owner and route that wait at once and then become one; at least 2
/// @param longestSilence how long a silence may last
/// @param fallback who hears of what has no other destination, and of what could not be delivered
@ConfigurationProperties(value = "muster.notifier", ignoreUnknownFields = false)
record NotifierSettings(
        @DefaultValue("30s") Duration groupWait,
        @DefaultValue("24h") Duration maxAge,
        @DefaultValue("10") int maxEntities,
        @DefaultValue("250ms") Duration poll,
        @DefaultValue("20s") Duration sendWithin,
        @DefaultValue("32") int parallel,
        @DefaultValue("400d") Duration keep,
        @DefaultValue Map<String, DestinationSettings> destinations,
        @DefaultValue Fallback fallback,
        @DefaultValue Reminders reminders,
        @DefaultValue Retry retry,
        @DefaultValue OutboundLimits outbound,
        @DefaultValue Email email,
        @DefaultValue Slack slack,
        @Nullable Path routesFile,
        @Nullable Path templates,
        @DefaultValue("5") int storm,
        @DefaultValue("90d") Duration longestSilence,
        @DefaultValue Flap flap,
        @DefaultValue Snooze snooze,
        @DefaultValue Report report) {

    NotifierSettings {
        Given.atLeast("group-wait", groupWait, Duration.ofSeconds(1));
        Given.atLeast("max-age", maxAge, Duration.ofMinutes(1));
        Given.atLeast("poll", poll, Duration.ofMillis(10));
        Given.atLeast("send-within", sendWithin, Duration.ofSeconds(1));
        Given.atLeast("keep", keep, Duration.ofDays(1));
        Given.between("max-entities", maxEntities, 1, 40);
        Given.between("parallel", parallel, 1, 256);
        Given.between("storm", storm, 2, 10_000);
        Given.atLeast("longest-silence", longestSilence, Duration.ofHours(1));
        destinations = Map.copyOf(destinations);
        var hosts = new AllowedHosts(outbound.allowedHosts());
        destinations.forEach((name, it) -> it.check("muster.notifier.destinations." + name, hosts));
        routesFile = routesFile == null || routesFile.toString().isBlank() ? null : routesFile;
        templates = templates == null || templates.toString().isBlank() ? null : templates;
        RoutesFile.read(routesFile, destinations.keySet());
        if (outbound.within().compareTo(sendWithin) >= 0) {
            throw new IllegalArgumentException(
                    "muster.notifier.outbound.within must be below muster.notifier.send-within");
        }
        if (fallback.slack() != null && !slack(destinations).contains(fallback.slack())) {
            throw new IllegalArgumentException(
                    "muster.notifier.fallback.slack must name one of muster.notifier.destinations that is Slack's");
        }
        for (var name : fallback.destinations()) {
            if (!destinations.containsKey(name)) {
                throw new IllegalArgumentException(
                        "muster.notifier.fallback.destinations must name muster.notifier.destinations, and '%s' is none"
                                .formatted(name));
            }
        }
    }

    /// @param email mail address
    /// @param slack name of one of the destinations, of Slack
    /// @param destinations names of destinations of any kind
    record Fallback(
            @Nullable String email,
            @Nullable String slack,
            @DefaultValue List<String> destinations) {

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
    }

    private static Set<String> slack(Map<String, DestinationSettings> destinations) {
        return destinations.entrySet().stream()
                .filter(it -> it.getValue().type().channel() == ChannelName.SLACK)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /// How long before a day its owners are told. Of what lasts less than a day they are not.
    ///
    /// @param attestations how long before an attestation ends, at most half of its time; 0 for never
    /// @param exemptions how long before an exemption ends, at most half of its time; 0 for never
    /// @param rules how long before a rule begins to count, at first 5 min after it was published; 0 for never
    /// @param initiatives how long before an initiative is due the owners of what is not done hear of it,
    /// and once more when it is; 0 for never
    /// @param connections whether the owner of a connection, else the fallback, hears of it when it is
    /// silent for longer than usual, and when it reports again; what a scorecard judges is told by that
    record Reminders(
            @DefaultValue("14d") Duration attestations,
            @DefaultValue("7d") Duration exemptions,
            @DefaultValue("14d") Duration rules,
            @DefaultValue("14d") Duration initiatives,
            @DefaultValue("true") boolean connections) {

        Reminders {
            Given.atLeast("reminders.attestations", attestations, Duration.ZERO);
            Given.atLeast("reminders.exemptions", exemptions, Duration.ZERO);
            Given.atLeast("reminders.rules", rules, Duration.ZERO);
            Given.atLeast("reminders.initiatives", initiatives, Duration.ZERO);
        }
    }

    /// What goes back and forth is told in one message, once it is steady.
    ///
    /// @param changes changes of one rule from which on it is restless; at least 2
    /// @param within time in which they come, and in which none may come before it is steady
    /// @param longest how long it is held back at most
    /// @param confirm age of a regression before which its recovery is not told, so that what breaks again at once
    /// is damped
    record Flap(
            @DefaultValue("6") int changes,
            @DefaultValue("10m") Duration within,
            @DefaultValue("1h") Duration longest,
            @DefaultValue("1m") Duration confirm) {

        Flap {
            Given.between("flap.changes", changes, 2, 1000);
            Given.atLeast("flap.within", within, Duration.ofSeconds(1));
            Given.atLeast("flap.longest", longest, within);
            Given.atLeast("flap.confirm", confirm, Duration.ZERO);
        }
    }

    /// The weekly report of each team, unless the annotation `muster.dev/weekly-report` of its group says
    /// something else.
    ///
    /// @param enabled whether there are any
    /// @param day on which a week ends, such as `monday`
    /// @param at local time at which it ends
    /// @param zone time zone, such as `Europe/Berlin`
    record Report(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("monday") DayOfWeek day,
            @DefaultValue("09:00") String at,
            @DefaultValue("UTC") ZoneId zone) {

        Report {
            if (!at.matches("([01]\\d|2[0-3]):[0-5]\\d")) {
                throw new IllegalArgumentException("muster.notifier.report.at must be a time such as 08:30");
            }
        }
    }

    /// Links in messages of regressions that snooze what they tell for a day or a week.
    ///
    /// @param url public address of the notifier, so that messages have them; with the secret
    /// @param secret what such links are signed with, 32 characters or more
    /// @param valid how long a link works
    record Snooze(
            @Nullable URI url,
            @Nullable String secret,
            @DefaultValue("14d") Duration valid) {

        Snooze {
            Given.atLeast("snooze.valid", valid, Duration.ofHours(1));
            SnoozeSettings.of(url, secret, valid);
        }

        @Override
        public String toString() {
            return "Snooze[url=" + url + "]";
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
            Given.atLeast("retry.base", base, Duration.ofMillis(10));
            Given.atLeast("retry.cap", cap, base);
            Given.atLeast("retry.budget", budget, Duration.ofSeconds(1));
        }
    }

    /// @param allowedHosts hosts that may be called, `[scheme://]host[:port]`; `*.` before a host is all hosts below it
    /// @param allowedNetworks addresses that may be connected to although they are not of the public internet, such
    /// as `10.20.0.0/16`
    /// @param within how long one call may take
    record OutboundLimits(
            @DefaultValue({
                "hooks.slack.com",
                "slack.com",
                "*.logic.azure.com",
                "*.environment.api.powerplatform.com",
                "events.pagerduty.com",
                "events.eu.pagerduty.com",
                "api.opsgenie.com",
                "api.eu.opsgenie.com"
            })
            List<String> allowedHosts,

            @DefaultValue List<String> allowedNetworks,
            @DefaultValue("10s") Duration within) {

        OutboundLimits {
            Given.atLeast("outbound.within", within, Duration.ofMillis(100));
            allowedHosts = new AllowedHosts(allowedHosts).entries();
            allowedNetworks = new AllowedAddresses(allowedNetworks).exceptions();
        }
    }

    /// @param from address that mail comes from
    /// @param name name that stands before it
    /// @param unsubscribeUrl public https address of the notifier, so that mail has a link that ends it; with the
    /// secret
    /// @param unsubscribeSecret what such links are signed with, 32 characters or more
    /// @param refusals times in a row that an address may be refused for good before it is tried no more
    record Email(
            @DefaultValue("muster@localhost") String from,
            @DefaultValue("Muster") String name,
            @Nullable URI unsubscribeUrl,
            @Nullable String unsubscribeSecret,
            @DefaultValue("3") int refusals) {

        Email {
            Given.between("email.refusals", refusals, 1, 1000);
            new EmailSettings(from, name, links(unsubscribeUrl, unsubscribeSecret));
        }

        EmailSettings settings() {
            return new EmailSettings(from, name, links(unsubscribeUrl, unsubscribeSecret));
        }

        private static @Nullable UnsubscribeLinks links(@Nullable URI url, @Nullable String secret) {
            return url == null || url.toString().isBlank() || secret == null || secret.isBlank()
                    ? null
                    : UnsubscribeLinks.of(url, secret);
        }

        @Override
        public String toString() {
            return "Email[from=" + from + ", name=" + name + "]";
        }
    }

    /// @param apiUrl root of Slack's Web API
    /// @param pace least time between two messages to one destination
    record Slack(
            @DefaultValue("https://slack.com/api/") URI apiUrl,
            @DefaultValue("1s") Duration pace) {

        Slack {
            Given.atLeast("slack.pace", pace, Duration.ZERO);
            if (!apiUrl.toString().endsWith("/")) {
                apiUrl = URI.create(apiUrl + "/");
            }
        }
    }

    /// The routes as the file has them now.
    ///
    /// @throws IllegalArgumentException with every mistake
    Routes readRoutes() {
        return RoutesFile.read(routesFile, destinations.keySet());
    }
}

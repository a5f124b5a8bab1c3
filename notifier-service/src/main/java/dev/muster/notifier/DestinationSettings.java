package dev.muster.notifier;

import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.opsgenie.OpsgenieSettings;
import dev.muster.notifier.outbound.AllowedHosts;
import dev.muster.notifier.pagerduty.PagerDutySettings;
import dev.muster.notifier.slack.SlackDestination;
import dev.muster.notifier.teams.TeamsSettings;
import dev.muster.notifier.webhook.JsonBody;
import dev.muster.notifier.webhook.SigningKey;
import dev.muster.notifier.webhook.TemplateBody;
import dev.muster.notifier.webhook.WebhookBody;
import dev.muster.notifier.webhook.WebhookSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// A place that messages go to, as the operator sets it up. Never prints a secret.
///
/// @param type `slack-webhook`, `slack-bot`, `teams`, `pagerduty`, `opsgenie` or `webhook`
/// @param url address of a slack-webhook, of a workflow of teams, or of a webhook: a credential; of pagerduty and
/// opsgenie, the root of the API where it is not that of the region
/// @param token token of a slack-bot: a credential
/// @param channel id of the channel that a slack-bot writes to
/// @param key integration key of pagerduty, or API key of opsgenie: a credential
/// @param region of pagerduty and opsgenie: `us` or `eu`
/// @param severity of an incident of pagerduty: `critical`, `error`, `warning` or `info`
/// @param priority of an alert of opsgenie, `P1` to `P5`
/// @param secrets keys that a webhook is signed with, `whsec_…`: credentials; more than one while they change
/// @param headers headers that a webhook is sent with, as `headers.NAME`, such as `Authorization`: credentials
/// @param template file with the Mustache template of the JSON that a webhook is sent, where it is not Muster's own
/// @param tells what a webhook is told of: `regression`, `recovery`, `reminder`, `report`; all of it, but of a
/// template regressions only
/// @param pace time after which one more message may go; by default what the channel takes
/// @param burst messages that may go at once after a rest; by default what the channel takes
record DestinationSettings(
        Type type,
        @Nullable URI url,
        @Nullable String token,
        @Nullable String channel,
        @Nullable String key,
        @DefaultValue("us") Region region,
        @DefaultValue("error") Severity severity,
        @DefaultValue("P3") Priority priority,
        @DefaultValue List<String> secrets,
        @DefaultValue Map<String, String> headers,
        @Nullable Path template,
        @DefaultValue Set<Direction> tells,
        @Nullable Duration pace,
        @Nullable Integer burst) {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");

    DestinationSettings {
        secrets = List.copyOf(secrets);
        headers = Map.copyOf(headers);
        tells = Set.copyOf(tells);
    }

    /// What a destination is.
    enum Type {
        /// An incoming webhook of Slack; needs `url`.
        SLACK_WEBHOOK(ChannelName.SLACK),
        /// A bot of Slack; needs `token` and `channel`.
        SLACK_BOT(ChannelName.SLACK),
        /// A workflow of Microsoft Teams; needs `url`.
        TEAMS(ChannelName.TEAMS),
        /// An integration of a service of PagerDuty; needs `key`.
        PAGERDUTY(ChannelName.PAGERDUTY),
        /// An API integration of Opsgenie; needs `key`.
        OPSGENIE(ChannelName.OPSGENIE),
        /// Anything that takes a POST; needs `url`, and `secrets` or `template`.
        WEBHOOK(ChannelName.WEBHOOK);

        private final ChannelName channel;

        Type(ChannelName channel) {
            this.channel = channel;
        }

        ChannelName channel() {
            return channel;
        }
    }

    enum Region {
        US,
        EU
    }

    enum Severity {
        CRITICAL,
        ERROR,
        WARNING,
        INFO
    }

    enum Priority {
        P1,
        P2,
        P3,
        P4,
        P5
    }

    /// Finds every mistake that can be found without a call.
    ///
    /// @param at property that it stands under
    void check(String at, AllowedHosts hosts) {
        switch (type) {
            case null ->
                throw new IllegalArgumentException(
                        at + ".type must be slack-webhook, slack-bot, teams, pagerduty, opsgenie or webhook");
            case SLACK_WEBHOOK, SLACK_BOT -> slack(at);
            case TEAMS -> teams(at);
            case PAGERDUTY -> pagerDuty(at);
            case OPSGENIE -> opsgenie(at);
            case WEBHOOK -> webhook(at);
        }
        if (url != null) {
            hosts.refuses(url).ifPresent(why -> {
                throw new IllegalArgumentException(at + ".url cannot be called: " + why);
            });
        }
    }

    SlackDestination slack(String at) {
        pace(at, Pace.NONE);
        return type == Type.SLACK_WEBHOOK
                ? new SlackDestination.Webhook(Given.value(at + ".url", url))
                : new SlackDestination.Bot(Given.line(at + ".token", token), Given.line(at + ".channel", channel));
    }

    TeamsSettings.Workflow teams(String at) {
        return new TeamsSettings.Workflow(Given.value(at + ".url", url), pace(at, new Pace(Duration.ofSeconds(1), 3)));
    }

    PagerDutySettings.Service pagerDuty(String at) {
        return new PagerDutySettings.Service(
                root("https://events%s.pagerduty.com/"),
                Given.line(at + ".key", key),
                severity.name().toLowerCase(Locale.ROOT),
                pace(at, new Pace(Duration.ofMillis(500), 30)));
    }

    OpsgenieSettings.Integration opsgenie(String at) {
        return new OpsgenieSettings.Integration(
                root("https://api%s.opsgenie.com/"),
                Given.line(at + ".key", key),
                priority.name(),
                pace(at, new Pace(Duration.ofMillis(500), 10)));
    }

    private URI root(String address) {
        if (url == null) {
            return URI.create(address.formatted(region == Region.EU ? ".eu" : ""));
        }
        return url.toString().endsWith("/") ? url : URI.create(url + "/");
    }

    WebhookSettings.Receiver webhook(String at) {
        if (secrets.isEmpty() && template == null) {
            throw new IllegalArgumentException(
                    at + ".secrets is missing: only what a template makes, such as a ticket, may go unsigned");
        }
        headers.forEach((name, value) -> {
            if (!HEADER.matcher(name).matches() || OURS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(at + ".headers has a name that cannot be set: " + name);
            }
            Given.line(at + ".headers." + name, value);
        });
        return new WebhookSettings.Receiver(
                Given.value(at + ".url", url),
                secrets.stream().map(it -> signingKey(at, it)).toList(),
                headers,
                body(at),
                told(),
                pace(at, new Pace(Duration.ofMillis(200), 10)));
    }

    private static SigningKey signingKey(String at, String secret) {
        try {
            return SigningKey.of(secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at + ".secrets " + e.getMessage());
        }
    }

    private WebhookBody body(String at) {
        if (template == null) {
            return new JsonBody();
        }
        try {
            return TemplateBody.of(Files.readString(template));
        } catch (IOException e) {
            throw new IllegalArgumentException("%s.template cannot be read: %s (%s)"
                    .formatted(at, template, e.getClass().getSimpleName()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at + ".template, " + template + ", " + e.getMessage());
        }
    }

    private Set<Direction> told() {
        return tells.isEmpty()
                ? template == null ? EnumSet.allOf(Direction.class) : EnumSet.of(Direction.REGRESSION)
                : tells;
    }

    /// How often it may be sent to.
    Pace pace(String at, Pace usual) {
        if (pace != null && pace.isNegative()) {
            throw new IllegalArgumentException(at + ".pace must be at least PT0S");
        }
        if (burst != null && burst < 1) {
            throw new IllegalArgumentException(at + ".burst must be at least 1");
        }
        return new Pace(pace == null ? usual.every() : pace, burst == null ? usual.burst() : burst);
    }

    @Override
    public String toString() {
        return "DestinationSettings[type=" + type + "]";
    }
}

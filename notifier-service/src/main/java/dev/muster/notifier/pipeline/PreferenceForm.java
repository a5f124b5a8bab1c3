package dev.muster.notifier.pipeline;

import dev.muster.engine.definition.Nearest;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.preference.Preference;
import dev.muster.notifier.report.Schedule;
import dev.muster.notifier.text.Text;
import dev.muster.routing.Digest;
import dev.muster.routing.MuteTime;
import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemType;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what an owner says by page, and notes every mistake. Pure.
public final class PreferenceForm {

    private static final int LONGEST = 1_000;

    private PreferenceForm() {}

    /// Reads `{"email"?, "slackWebhook"?, "destinations"?, "quietHours"?, "digest"?, "weeklyReport"?}`.
    /// What is absent, null or empty is not said; a list is as its values with commas.
    ///
    /// @param channels channel of each configured destination, by name
    /// @throws dev.muster.service.ProblemException with every mistake
    public static Map<Preference, String> read(JsonNode body, Map<String, ChannelName> channels) {
        var errors = new ArrayList<ProblemError>();
        var said = new EnumMap<Preference, String>(Preference.class);
        var members = String.join(", ", Preference.members());
        if (!body.isObject()) {
            errors.add(ProblemError.at("", "is an object with the members " + members));
        }
        for (var member : body.properties()) {
            var preference = Preference.of(member.getKey());
            if (preference.isEmpty()) {
                errors.add(ProblemError.at(
                        Text.line(member.getKey(), 100),
                        "unknown member%s; there are %s"
                                .formatted(Nearest.hint(member.getKey(), Preference.members()), members)));
                continue;
            }
            var it = preference.get();
            var text = text(member.getValue());
            if (text == null) {
                errors.add(ProblemError.at(it.member(), "is a text or a list of texts"));
            } else if (!text.isEmpty()) {
                complaint(it, text, channels).ifPresent(why -> errors.add(ProblemError.at(it.member(), why)));
                said.put(it, text);
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.of(ProblemType.INVALID_CONTENT, null)
                    .withErrors(errors)
                    .asException();
        }
        return said;
    }

    /// Null when it is neither a text nor a list of texts.
    private static @Nullable String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        var texts = value.isArray() ? value.valueStream().toList() : List.of(value);
        return texts.stream().allMatch(JsonNode::isString)
                ? Text.stored(String.join(
                                ", ", texts.stream().map(JsonNode::asString).toList()))
                        .strip()
                : null;
    }

    /// What is wrong with a value, be it said by page or by an annotation, in words; empty when nothing is.
    static Optional<String> complaint(Preference preference, String text, Map<String, ChannelName> channels) {
        if (text.length() > LONGEST) {
            return Optional.of("has at most " + LONGEST + " characters");
        }
        return switch (preference) {
            case EMAIL -> unless(orNone(text, Routing.isAddress(text)), "is one mail address, or none");
            case SLACK -> text.equals(Preference.NONE) ? Optional.empty() : slack(text, channels);
            case DESTINATIONS ->
                text.equals(Preference.NONE)
                        ? Optional.empty()
                        : Routing.names(text).stream()
                                .flatMap(it -> unknown(it, channels).stream())
                                .findFirst();
            case QUIET_HOURS ->
                unless(
                        orNone(text, MuteTime.parse(text, ZoneOffset.UTC).isPresent()),
                        "is of the form 22:00-07:00 Europe/Berlin or mon-fri 18:00-08:00, or none");
            case DIGEST ->
                unless(
                        Digest.parse(text, Digest.IMMEDIATE).isPresent(),
                        "is immediate, hourly, daily or weekly, such as daily 09:00 Europe/Berlin or weekly mon 09:00");
            case WEEKLY_REPORT ->
                unless(Schedule.isRead(text), "is a day and a time, such as fri 08:00 Europe/Berlin, or off");
        };
    }

    private static boolean orNone(String text, boolean right) {
        return right || text.equals(Preference.NONE);
    }

    private static Optional<String> unless(boolean right, String otherwise) {
        return right ? Optional.empty() : Optional.of(otherwise);
    }

    private static Optional<String> slack(String name, Map<String, ChannelName> channels) {
        var channel = channels.get(name);
        return channel == null || channel == ChannelName.SLACK
                ? unknown(name, channels)
                : Optional.of("names a destination of " + channel.label() + "; say it under "
                        + Preference.DESTINATIONS.member());
    }

    /// What looks like an address may be a credential, and is not said again.
    private static Optional<String> unknown(String name, Map<String, ChannelName> channels) {
        if (channels.containsKey(name)) {
            return Optional.empty();
        }
        return Optional.of(
                name.contains("/") || name.contains("@")
                        ? "is the name of a destination in muster.notifier.destinations, not an address"
                        : "no destination '%s' is configured in muster.notifier.destinations%s"
                                .formatted(Text.line(name, 100), Nearest.hint(name, channels.keySet())));
    }
}

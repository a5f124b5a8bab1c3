package dev.muster.notifier.slack;

import dev.muster.notifier.delivery.Pace;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What an operator may set for Slack, checked.
///
/// @param api root of the Web API, such as `https://slack.com/api/`
/// @param destinations by name
/// @param paces by name; Slack takes about one message a second
public record SlackSettings(URI api, Map<String, SlackDestination> destinations, Map<String, Pace> paces) {

    public SlackSettings {
        destinations = Map.copyOf(destinations);
        paces = Map.copyOf(paces);
    }

    /// Other destinations of the same bot: Slack counts what its token does in all of a workspace.
    Set<String> along(String destination) {
        return destinations.get(destination) instanceof SlackDestination.Bot bot
                ? destinations.entrySet().stream()
                        .filter(it -> !it.getKey().equals(destination)
                                && it.getValue() instanceof SlackDestination.Bot other
                                && other.token().equals(bot.token()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}

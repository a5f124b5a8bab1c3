package dev.muster.notifier.slack;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// What an operator may set for Slack, checked.
///
/// @param api root of the Web API, such as `https://slack.com/api/`
/// @param pace least time between two messages to one destination; Slack takes about one a second
/// @param destinations by name
public record SlackSettings(URI api, Duration pace, Map<String, SlackDestination> destinations) {

    public SlackSettings {
        destinations = Map.copyOf(destinations);
    }
}

package dev.muster.notifier.slack;

import dev.muster.notifier.delivery.Pace;
import java.net.URI;
import java.util.Map;

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
}

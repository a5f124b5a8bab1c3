package dev.muster.notifier.teams;

import dev.muster.notifier.delivery.Pace;
import java.net.URI;
import java.util.Map;

/// What an operator may set for Teams, checked.
///
/// @param destinations by name
public record TeamsSettings(Map<String, Workflow> destinations) {

    public TeamsSettings {
        destinations = Map.copyOf(destinations);
    }

    /// A webhook of Workflows. Its address carries a signature: it is the credential and is never printed.
    public record Workflow(URI url, Pace pace) {

        @Override
        public String toString() {
            return "Workflow[url=***]";
        }
    }
}

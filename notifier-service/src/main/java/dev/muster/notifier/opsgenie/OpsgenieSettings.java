package dev.muster.notifier.opsgenie;

import dev.muster.notifier.delivery.Pace;
import java.net.URI;
import java.util.Map;

/// What an operator may set for Opsgenie, checked.
///
/// @param destinations by name
public record OpsgenieSettings(Map<String, Integration> destinations) {

    public OpsgenieSettings {
        destinations = Map.copyOf(destinations);
    }

    /// An API integration of a team. Never prints its key.
    ///
    /// @param api root of the API, such as `https://api.opsgenie.com/`
    /// @param priority of a regression, P1 to P5
    public record Integration(URI api, String key, String priority, Pace pace) {

        @Override
        public String toString() {
            return "Integration[api=" + api + ", key=***, priority=" + priority + "]";
        }
    }
}

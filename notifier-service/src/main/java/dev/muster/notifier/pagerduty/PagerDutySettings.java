package dev.muster.notifier.pagerduty;

import dev.muster.notifier.delivery.Pace;
import java.net.URI;
import java.util.Map;

/// What an operator may set for PagerDuty, checked.
///
/// @param destinations by name
public record PagerDutySettings(Map<String, Service> destinations) {

    public PagerDutySettings {
        destinations = Map.copyOf(destinations);
    }

    /// An integration of a service. Never prints its key.
    ///
    /// @param api root of the Events API, such as `https://events.pagerduty.com/`
    /// @param key integration key
    /// @param severity of a regression: critical, error, warning or info
    public record Service(URI api, String key, String severity, Pace pace) {

        @Override
        public String toString() {
            return "Service[api=" + api + ", key=***, severity=" + severity + "]";
        }
    }
}

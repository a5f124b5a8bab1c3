package dev.muster.notifier.webhook;

import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.message.Direction;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an operator may set for webhooks, checked.
///
/// @param destinations by name
public record WebhookSettings(Map<String, Receiver> destinations) {

    public WebhookSettings {
        destinations = Map.copyOf(destinations);
    }

    /// Somebody who takes a POST. Prints neither its address nor a header nor a key.
    ///
    /// @param keys keys of signatures, of which a receiver needs one; more than one while they change
    /// @param headers sent with every message
    /// @param body what is sent
    /// @param tells what it is told of; the rest ends as suppressed
    public record Receiver(
            URI url,
            List<SigningKey> keys,
            Map<String, String> headers,
            WebhookBody body,
            Set<Direction> tells,
            Pace pace) {

        public Receiver {
            keys = List.copyOf(keys);
            headers = Map.copyOf(headers);
            tells = Set.copyOf(tells);
        }

        @Override
        public String toString() {
            return "Receiver[url=***, tells=" + tells + "]";
        }
    }
}

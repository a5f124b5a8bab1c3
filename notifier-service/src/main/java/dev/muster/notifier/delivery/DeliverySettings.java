package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What an operator may set for sending, checked.
///
/// @param backoff waits between attempts
/// @param budget how long a delivery is tried
/// @param sendWithin how long one attempt may take
/// @param parallel attempts at once, of each channel
/// @param refusals times in a row that a mail address may be refused for good before it is tried no more
/// @param fallback destinations for what could not be delivered elsewhere
/// @param channels the channel of each configured destination
public record DeliverySettings(
        Backoff backoff,
        Duration budget,
        Duration sendWithin,
        int parallel,
        int refusals,
        List<Destination> fallback,
        Map<String, ChannelName> channels) {

    public DeliverySettings {
        fallback = List.copyOf(fallback);
        channels = Map.copyOf(channels);
    }

    /// How long a claimed delivery is nobody else's: longer than an attempt can take, and how long one waits after a
    /// crash.
    Duration lease() {
        return sendWithin.plusSeconds(10);
    }
}

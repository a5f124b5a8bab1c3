package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.Destination;
import java.time.Duration;
import java.util.List;

/// What an operator may set for sending, checked.
///
/// @param backoff waits between attempts
/// @param budget how long a delivery is tried
/// @param sendWithin how long one attempt may take
/// @param parallel attempts at once, over all destinations
/// @param fallback destinations for what could not be delivered elsewhere
public record DeliverySettings(
        Backoff backoff, Duration budget, Duration sendWithin, int parallel, List<Destination> fallback) {

    public DeliverySettings {
        fallback = List.copyOf(fallback);
    }

    /// How long a claimed delivery is nobody else's: longer than an attempt can take, and how long one waits after a
    /// crash.
    Duration lease() {
        return sendWithin.plusSeconds(10);
    }
}

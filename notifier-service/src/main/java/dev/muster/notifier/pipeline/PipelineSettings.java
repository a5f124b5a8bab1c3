package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import dev.muster.routing.Routes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What an operator may set for the pipeline, checked.
///
/// @param groupWait how long a message gathers, where its route says nothing else
/// @param maxAge transitions that were written longer ago are told to nobody
/// @param budget how long a delivery is tried
/// @param channels channel of each configured destination, by name
/// @param fallback destinations for what has no other
/// @param storm messages of one owner and route that wait at once and then become one
public record PipelineSettings(
        Duration groupWait,
        Duration maxAge,
        Duration budget,
        Map<String, ChannelName> channels,
        List<Destination> fallback,
        RoutesInUse routesInUse,
        FlapSettings flap,
        int storm) {

    public PipelineSettings {
        channels = Map.copyOf(channels);
        fallback = List.copyOf(fallback);
    }

    /// The routes that hold now.
    Routes routes() {
        return routesInUse.now();
    }
}

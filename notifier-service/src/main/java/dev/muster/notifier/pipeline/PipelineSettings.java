package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.Destination;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What an operator may set for the pipeline, checked.
///
/// @param groupWait how long a message gathers
/// @param maxAge transitions that were written longer ago are told to nobody
/// @param budget how long a delivery is tried
/// @param slack names of the configured Slack destinations
/// @param fallback destinations for what has no other
public record PipelineSettings(
        Duration groupWait, Duration maxAge, Duration budget, Set<String> slack, List<Destination> fallback) {

    public PipelineSettings {
        slack = Set.copyOf(slack);
        fallback = List.copyOf(fallback);
    }
}

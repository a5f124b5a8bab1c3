package dev.muster.portal.transition;

import dev.muster.portal.transition.TransitionView.StandingView;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an entity stood on a scorecard at an instant, by what was recorded of its transitions.
///
/// @param version of the result then
/// @param standing null when the result had ended
/// @param outcomes by rule
/// @param kind of the last transition up to then; null when it is older than transitions are kept
/// @param at when that was
public record PastStanding(
        long version,
        @Nullable StandingView standing,
        Map<String, String> outcomes,
        @Nullable String kind,
        @Nullable Instant at) {}

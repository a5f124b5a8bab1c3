package dev.muster.engine.result;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fact that an outcome rests on.
///
/// @param fact its name
/// @param subject what it is about
/// @param observedAt when it became so at the source
/// @param source who reported it
/// @param url where a person can look at it
public record Evidence(
        String fact,
        String subject,
        Instant observedAt,
        String source,
        @Nullable String url) {}

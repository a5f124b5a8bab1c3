package dev.muster.notifier.transition;

import dev.muster.schemas.v1.CauseKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why a result changed.
///
/// @param source such as `github`; `clock` for time, `api` for declarations
/// @param deliveryId delivery or request that caused it; the correlation id
/// @param url where a person can look at it; foreign, so only ever shown after it was checked
/// @param at source time of the fact, or the instant that passed
/// @param baseline true when it describes what was so before Muster looked
public record Cause(
        CauseKind kind,
        String source,
        @Nullable String connection,
        @Nullable String deliveryId,
        @Nullable String actor,
        @Nullable String url,
        @Nullable String subject,
        @Nullable String fact,
        @Nullable String before,
        @Nullable String after,
        Instant at,
        boolean baseline) {}

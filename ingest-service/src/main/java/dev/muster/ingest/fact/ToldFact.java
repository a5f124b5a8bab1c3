package dev.muster.ingest.fact;

import dev.muster.schemas.v1.FactChange;
import org.jspecify.annotations.Nullable;

/// One fact that somebody told, typed and canonical.
///
/// @param backfill describes what was so before: notifies nobody
public record ToldFact(
        String subject, FactChange change, @Nullable String url, boolean backfill) {}

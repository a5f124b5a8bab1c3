package dev.muster.ingest.source;

import org.jspecify.annotations.Nullable;

/// Where the first two parts of a fact's version come from.
///
/// @param time gives the source time; null or nothing means that the source gives none, and the time of receipt counts
/// @param rank orders states that share one source time; null means 0
record VersionMapping(@Nullable Expression time, @Nullable Expression rank) {

    static final VersionMapping NONE = new VersionMapping(null, null);
}

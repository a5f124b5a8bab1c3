package dev.muster.ingest.connection;

import org.jspecify.annotations.Nullable;

/// One entry of `muster.connections.<name>`.
///
/// @param source name of the source definition
/// @param secret shared with the sender; without one the connection does not exist
/// @param previousSecret taken too, while senders change over
record ConnectionSettings(
        @Nullable String source,
        @Nullable String secret,
        @Nullable String previousSecret) {

    @Override
    public String toString() {
        return "ConnectionSettings[source=" + source + ", secret=***]";
    }
}

package dev.muster.ingest.connection;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One entry of `muster.connections.<name>`.
///
/// @param source name of the source definition; the name of the connection when it is absent
/// @param secret shared with the sender; without one the connection does not exist
/// @param previousSecret taken too, while senders change over
record ConnectionSettings(
        @Nullable String source,
        @Nullable String secret,
        @Nullable String previousSecret) {

    /// The variable that holds the secret of the connection that every source is by its own name.
    static String variable(String source) {
        return "MUSTER_SECRET_" + source.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public String toString() {
        return "ConnectionSettings[source=" + source + ", secret=***]";
    }
}

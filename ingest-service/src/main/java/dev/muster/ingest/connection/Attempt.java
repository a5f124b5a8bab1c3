package dev.muster.ingest.connection;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// A request that claims to come from who knows the secret.
///
/// @param headers gives all values of a header by its lower-case name
/// @param pathSecret what the path ends with behind the name of the connection; may be empty
/// @param body raw bytes, as they came
/// @param now time of receipt
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Attempt(Function<String, List<String>> headers, String pathSecret, byte[] body, Instant now) {

    private static final int MAX_HEADER = 4_096;

    /// The one value of a header. What is there twice or is too long counts as absent, which is the empty
    /// text.
    String only(String header) {
        var values = headers.apply(header);
        return values.size() == 1 && values.getFirst().length() <= MAX_HEADER ? values.getFirst() : "";
    }
}

package dev.muster.ingest.source;

import org.jspecify.annotations.Nullable;

/// What a signature is over: the raw body, and perhaps an id and a time around it.
///
/// @param before stands before the body; may name `{id}` and `{timestamp}`
/// @param after stands behind it; may name them, too
/// @param idHeader lower-case name of the header that holds the id, when one is signed
/// @param time the signed time, when one is signed
public record SignedText(
        String before,
        String after,
        @Nullable String idHeader,
        @Nullable SignedTime time) {

    static final String ID = "{id}";
    static final String TIMESTAMP = "{timestamp}";
    static final String BODY = "{body}";

    /// The raw body alone.
    public static final SignedText BODY_ALONE = new SignedText("", "", null, null);

    /// The part before the body.
    ///
    /// @param timestamp digits, or empty when no time is signed
    public String before(String id, String timestamp) {
        return filled(before, id, timestamp);
    }

    /// The part behind the body.
    ///
    /// @param timestamp digits, or empty when no time is signed
    public String after(String id, String timestamp) {
        return filled(after, id, timestamp);
    }

    /// The id comes last: only it may hold braces.
    private static String filled(String template, String id, String timestamp) {
        return template.replace(TIMESTAMP, timestamp).replace(ID, id);
    }
}

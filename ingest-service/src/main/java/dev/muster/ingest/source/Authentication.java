package dev.muster.ingest.source;

/// How a source proves who it is. Data only: the secrets belong to connections.
public sealed interface Authentication {

    /// HMAC-SHA256 over the raw body with the secret's UTF-8 bytes, in a header.
    ///
    /// @param header lower-case name
    /// @param prefix what stands before the code, such as `sha256=`; may be empty
    record HmacSha256(String header, String prefix, Encoding encoding) implements Authentication {}

    /// The secret itself in a header.
    ///
    /// @param header lower-case name
    /// @param prefix what stands before it, such as `Bearer `; may be empty
    record HeaderToken(String header, String prefix) implements Authentication {}

    /// HTTP basic authentication with the secret as password; the user name is not looked at.
    record Basic() implements Authentication {}

    /// How the code is written.
    enum Encoding {
        HEX,
        BASE64
    }

    /// The header that carries the proof, lower-case.
    default String proofHeader() {
        return switch (this) {
            case HmacSha256 hmac -> hmac.header();
            case HeaderToken token -> token.header();
            case Basic _ -> "authorization";
        };
    }
}

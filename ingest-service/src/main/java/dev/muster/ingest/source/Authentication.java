package dev.muster.ingest.source;

import java.util.Optional;

/// How a source proves who it is. Data only: the secrets belong to connections.
///
/// Schemes differ in these few things, so a new one is usually new data and no new type.
public sealed interface Authentication {

    /// A code or signature over what is signed, in a header.
    ///
    /// @param key how the secret is written
    /// @param header lower-case name
    /// @param prefix what stands before each code, such as `sha256=`; may be empty
    /// @param separator between several codes, any one of which is enough; empty when there is one
    /// @param signed what it is over
    record Signature(
            Algorithm algorithm,
            KeyForm key,
            String header,
            String prefix,
            String separator,
            Encoding encoding,
            SignedText signed)
            implements Authentication {}

    /// The secret itself in a header.
    ///
    /// @param header lower-case name
    /// @param prefix what stands before it, such as `Bearer `; may be empty
    record HeaderToken(String header, String prefix) implements Authentication {}

    /// HTTP basic authentication with the secret as password; the user name is not looked at.
    record Basic() implements Authentication {}

    /// The secret itself as the last part of the path, for senders that can neither sign nor set a header.
    record SecretPath() implements Authentication {}

    /// What makes the code.
    enum Algorithm {
        HMAC_SHA256("HmacSHA256"),
        HMAC_SHA512("HmacSHA512"),
        ED25519("Ed25519");

        private final String javaName;

        Algorithm(String javaName) {
            this.javaName = javaName;
        }

        /// As Java's providers call it.
        public String javaName() {
            return javaName;
        }
    }

    /// How a secret is written.
    enum KeyForm {
        /// Its UTF-8 bytes are the key.
        TEXT,
        /// `whsec_` and a key of 24 to 64 bytes in base64, or for Ed25519 `whpk_` and the public key.
        STANDARD_WEBHOOKS
    }

    /// How a code is written.
    enum Encoding {
        HEX,
        BASE64
    }

    /// The header that carries the proof, lower-case; empty when none does.
    default Optional<String> proofHeader() {
        return switch (this) {
            case Signature signature -> Optional.of(signature.header());
            case HeaderToken token -> Optional.of(token.header());
            case Basic _ -> Optional.of("authorization");
            case SecretPath _ -> Optional.empty();
        };
    }

    /// Whether a changed body is noticed.
    default boolean coversTheBody() {
        return this instanceof Signature;
    }
}

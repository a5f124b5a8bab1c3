package dev.muster.ingest.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.source.Authentication;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/// Looks for one secret in one way.
@FunctionalInterface
interface Check {

    /// Whether the attempt shows the secret, after the same work whatever the answer is.
    boolean fits(Attempt attempt);

    /// How to look for a secret in this way.
    ///
    /// @return empty when the secret has not the form that the way needs
    static Optional<Check> of(Authentication way, String secret) {
        return switch (way) {
            case Authentication.Signature signature ->
                SigningKey.of(signature, secret).map(key -> new SignatureCheck(signature, key));
            case Authentication.HeaderToken token ->
                Optional.of(attempt -> equal(attempt.only(token.header()), token.prefix() + secret));
            case Authentication.Basic _ ->
                Optional.of(attempt -> equal(password(attempt.only("authorization")), secret));
            case Authentication.SecretPath _ -> Optional.of(attempt -> equal(attempt.pathSecret(), secret));
        };
    }

    private static boolean equal(String proof, String expected) {
        return MessageDigest.isEqual(proof.getBytes(UTF_8), expected.getBytes(UTF_8));
    }

    /// The password of `Basic base64(user:password)`; a line end that never equals a secret when there is
    /// none.
    private static String password(String proof) {
        if (!proof.regionMatches(true, 0, "Basic ", 0, 6)) {
            return "\n";
        }
        try {
            var decoded =
                    new String(Base64.getDecoder().decode(proof.substring(6).strip()), UTF_8);
            var colon = decoded.indexOf(':');
            return colon < 0 ? "\n" : decoded.substring(colon + 1);
        } catch (IllegalArgumentException _) {
            return "\n";
        }
    }
}

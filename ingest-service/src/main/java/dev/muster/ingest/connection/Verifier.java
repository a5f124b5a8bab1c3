package dev.muster.ingest.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.source.Authentication;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Decides whether a delivery comes from who knows the secret, over the raw bytes and before anything is parsed.
///
/// Takes the same time whichever secret fits and wherever a wrong proof differs. A proof that is there twice is no
/// proof.
public final class Verifier {

    private static final int MAX_PROOF = 1_024;

    private final List<Authentication> ways;
    private final List<byte[]> secrets;

    /// A verifier that takes any of these ways with any of these secrets.
    ///
    /// @param ways any one is enough
    /// @param secrets any one is enough; none empty
    public Verifier(List<Authentication> ways, List<String> secrets) {
        this.ways = List.copyOf(ways);
        this.secrets = secrets.stream().map(secret -> secret.getBytes(UTF_8)).toList();
        if (secrets.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("an empty secret would let everybody in");
        }
    }

    /// Whether the sender knows a secret.
    ///
    /// @param headers gives all values of a header by its lower-case name
    public boolean isGenuine(Function<String, List<String>> headers, byte[] body) {
        var genuine = false;
        for (var way : ways) {
            var proofs = headers.apply(way.proofHeader());
            var proof = proofs.size() == 1 && proofs.getFirst().length() <= MAX_PROOF ? proofs.getFirst() : "";
            for (var secret : secrets) {
                genuine |= fits(way, proof, secret, body);
            }
        }
        return genuine;
    }

    private static boolean fits(Authentication way, String proof, byte[] secret, byte[] body) {
        return switch (way) {
            case Authentication.HmacSha256 hmac ->
                equal(proof, hmac.prefix() + encoded(hmac.encoding(), hmac(secret, body)));
            case Authentication.HeaderToken token -> equal(proof, token.prefix() + new String(secret, UTF_8));
            case Authentication.Basic _ -> equal(password(proof), new String(secret, UTF_8));
        };
    }

    private static boolean equal(String proof, String expected) {
        return MessageDigest.isEqual(proof.getBytes(UTF_8), expected.getBytes(UTF_8));
    }

    private static String encoded(Authentication.Encoding encoding, byte[] code) {
        return switch (encoding) {
            case HEX -> HexFormat.of().formatHex(code);
            case BASE64 -> Base64.getEncoder().encodeToString(code);
        };
    }

    private static byte[] hmac(byte[] secret, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /// The password of `Basic base64(user:password)`; a line end that never equals a secret when there is none.
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

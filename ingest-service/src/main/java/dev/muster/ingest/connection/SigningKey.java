package dev.muster.ingest.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.source.Authentication;
import dev.muster.ingest.source.Authentication.Algorithm;
import dev.muster.ingest.source.Authentication.Encoding;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tells whether a code was made with the key.
@FunctionalInterface
interface SigningKey {

    /// Whether any of the codes is one of this key over the content.
    ///
    /// @param codes with their prefixes, as the header has them
    /// @param content what is signed, in parts
    boolean signed(List<String> codes, List<byte[]> content);

    /// The key that a secret holds.
    ///
    /// @return empty when the secret has not the form that the way needs
    static Optional<SigningKey> of(Authentication.Signature way, String secret) {
        return switch (way.key()) {
            case TEXT -> Optional.of(hmac(way, secret.getBytes(UTF_8)));
            case STANDARD_WEBHOOKS ->
                way.algorithm() == Algorithm.ED25519
                        ? decoded(secret, "whpk_", 32, 32).map(key -> ed25519(way, key))
                        : decoded(secret, "whsec_", 24, 64).map(key -> hmac(way, key));
        };
    }

    private static Optional<byte[]> decoded(String secret, String prefix, int least, int most) {
        if (!secret.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(secret.substring(prefix.length())))
                    .filter(key -> key.length >= least && key.length <= most);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static SigningKey hmac(Authentication.Signature way, byte[] secret) {
        var key = new SecretKeySpec(secret, way.algorithm().javaName());
        return (codes, content) -> {
            var expected = (way.prefix() + encoded(way.encoding(), code(key, content))).getBytes(UTF_8);
            var signed = false;
            for (var code : codes) {
                signed |= MessageDigest.isEqual(code.getBytes(UTF_8), expected);
            }
            return signed;
        };
    }

    private static byte[] code(SecretKeySpec key, List<byte[]> content) {
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            content.forEach(mac::update);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + key.getAlgorithm(), e);
        }
    }

    private static String encoded(Encoding encoding, byte[] code) {
        return switch (encoding) {
            case HEX -> HexFormat.of().formatHex(code);
            case BASE64 -> Base64.getEncoder().encodeToString(code);
        };
    }

    private static SigningKey ed25519(Authentication.Signature way, byte[] raw) {
        var key = publicKey(raw);
        return (codes, content) -> {
            var signed = false;
            for (var code : codes) {
                signed |= code.startsWith(way.prefix())
                        && verifies(key, code.substring(way.prefix().length()), content);
            }
            return signed;
        };
    }

    /// RFC 8410 wraps the 32 bytes of RFC 8032 with twelve that are always the same.
    private static PublicKey publicKey(byte[] raw) {
        try {
            var wrapped = HexFormat.of()
                    .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(raw));
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(wrapped));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is no Ed25519 public key", e);
        }
    }

    private static boolean verifies(PublicKey key, String code, List<byte[]> content) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            for (var part : content) {
                signature.update(part);
            }
            return signature.verify(Base64.getDecoder().decode(code));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false; // not 64 bytes in base64
        }
    }
}

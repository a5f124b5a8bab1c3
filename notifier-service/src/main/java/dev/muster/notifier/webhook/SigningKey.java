package dev.muster.notifier.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key of Standard Webhooks, symmetric (`v1`). Never printed.
public final class SigningKey {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST = 24;
    private static final int MOST = 64;

    private final SecretKeySpec key;

    private SigningKey(byte[] bytes) {
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /// Reads `whsec_` and Base64.
    ///
    /// @throws IllegalArgumentException, without the secret, when it is not of 24 to 64 bytes in that form
    public static SigningKey of(String secret) {
        try {
            var bytes =
                    Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
            if (secret.startsWith(PREFIX) && bytes.length >= LEAST && bytes.length <= MOST) {
                return new SigningKey(bytes);
            }
        } catch (IllegalArgumentException _) {
            // told below, without what was given
        }
        throw new IllegalArgumentException("must be whsec_ and the Base64 of 24 to 64 random bytes");
    }

    /// The signature of a message, such as `v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=`.
    ///
    /// @param at seconds since 1970
    String sign(String id, long at, String body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var signed = mac.doFinal((id + "." + at + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[***]";
    }
}

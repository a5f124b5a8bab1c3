package dev.muster.notifier.text;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What links in messages are signed with, so that nobody can make one for another: HMAC-SHA256, of which
/// 128 bits stand in
/// the link. Never printed.
///
/// @param purpose what kind of link it signs: one of another kind is none of this
/// @param secret at least 32 characters
public record LinkSecret(String purpose, String secret) {

    private static final int LEAST = 32;
    private static final int SIGNATURE = 16;

    /// A secret as it is given.
    ///
    /// @param property that it was given by
    /// @throws IllegalArgumentException that names the property, without the secret
    public static LinkSecret of(String purpose, String property, String secret) {
        if (secret.length() < LEAST) {
            throw new IllegalArgumentException("%s must have %d characters or more".formatted(property, LEAST));
        }
        return new LinkSecret(purpose, secret);
    }

    /// `said` with its signature behind the last dot.
    public String signed(String said) {
        return said + "." + signature(said);
    }

    /// What was signed; empty when this secret did not sign it.
    public Optional<String> verified(String token) {
        var dot = token.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        var said = token.substring(0, dot);
        return MessageDigest.isEqual(
                        signature(said).getBytes(StandardCharsets.UTF_8),
                        token.substring(dot + 1).getBytes(StandardCharsets.UTF_8))
                ? Optional.of(said)
                : Optional.empty();
    }

    private String signature(String said) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var signed = mac.doFinal((purpose + "." + said).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(signed, SIGNATURE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "LinkSecret[purpose=" + purpose + "]";
    }
}

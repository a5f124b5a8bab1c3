package dev.muster.notifier.email;

import dev.muster.notifier.text.LinkSecret;
import java.net.URI;
import java.util.Optional;

/// Links with which whoever reads a mail ends them, signed, so that nobody can do that for another. They name the
/// address by its digest and are good for as long as the secret is.
///
/// @param root public address of the notifier
public record UnsubscribeLinks(URI root, LinkSecret secret) {

    /// Longer headers were seen to break signatures of mail.
    private static final int LONGEST = 200;

    /// @throws IllegalArgumentException that names the property
    public UnsubscribeLinks {
        if (!"https".equals(root.getScheme())
                || root.getHost() == null
                || root.toString().length() > LONGEST - 80) {
            throw new IllegalArgumentException(
                    "muster.notifier.email.unsubscribe-url must be an https address of at most %d characters"
                            .formatted(LONGEST - 80));
        }
    }

    /// Links to `root` that are signed with `secret`.
    ///
    /// @throws IllegalArgumentException that names the property, without the secret
    public static UnsubscribeLinks of(URI root, String secret) {
        return new UnsubscribeLinks(
                root, LinkSecret.of("unsubscribe", "muster.notifier.email.unsubscribe-secret", secret));
    }

    String link(String address) {
        return "%s/v1/unsubscribe?t=%s"
                .formatted(root.toString().replaceAll("/+$", ""), secret.signed(Unsubscribed.digest(address)));
    }

    /// The digest of the address that a link was made for; empty when we did not make it.
    Optional<String> verified(String token) {
        return secret.verified(token);
    }
}

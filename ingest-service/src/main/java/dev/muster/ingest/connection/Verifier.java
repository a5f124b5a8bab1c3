package dev.muster.ingest.connection;

import dev.muster.ingest.source.Authentication;
import java.util.ArrayList;
import java.util.List;

/// Decides whether a delivery comes from who knows the secret, over the raw bytes and before anything is
/// parsed.
///
/// Takes the same time whichever secret fits and wherever a wrong proof differs. A proof that is there twice
/// is no proof.
public final class Verifier {

    private final List<Check> checks;

    /// A verifier that takes any of these ways with any of these secrets.
    ///
    /// @param ways any one is enough
    /// @param secrets any one is enough; none empty
    /// @throws IllegalArgumentException when a secret could not be used in any way; never holds the secret
    public Verifier(List<Authentication> ways, List<String> secrets) {
        var usable = new ArrayList<Check>();
        for (var secret : secrets) {
            if (secret.isEmpty()) {
                throw new IllegalArgumentException("an empty secret would let everybody in");
            }
            var own =
                    ways.stream().flatMap(way -> Check.of(way, secret).stream()).toList();
            if (own.isEmpty()) {
                throw new IllegalArgumentException(
                        "is not written as its source needs it: whsec_ and 24 to 64 bytes in base64, or whpk_ and a public key");
            }
            usable.addAll(own);
        }
        this.checks = List.copyOf(usable);
    }

    /// Whether the sender knows a secret.
    public boolean isGenuine(Attempt attempt) {
        var genuine = false;
        for (var check : checks) {
            genuine |= check.fits(attempt);
        }
        return genuine;
    }
}

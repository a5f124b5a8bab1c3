package dev.muster.ingest.waiver;

import java.net.URI;
import java.util.Optional;

/// What an attestation rests on: a link, or words. Pure.
final class Evidence {

    static final int MAX_LENGTH = 2_000;

    private Evidence() {}

    /// Whether it is meant as an address: one word that begins as addresses do.
    static boolean isLink(String evidence) {
        return evidence.matches("(?i)https?:\\S*");
    }

    /// What is wrong with a link as evidence; words are always right.
    static Optional<String> mistakeIn(String evidence) {
        if (!isLink(evidence)) {
            return Optional.empty();
        }
        try {
            if (URI.create(evidence).getHost() != null) {
                return Optional.empty();
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        return Optional.of("is no link that leads anywhere; expected something like https://wiki.example.org/report");
    }
}

package dev.muster.ingest.github;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// GitHub does not answer what it is asked right now. What was to be read is to be read later.
public final class GithubUnavailableException extends IOException {

    /// Why.
    public enum Reason {
        /// A limit is used up.
        LIMITED,
        /// The credentials are not taken.
        REFUSED,
        /// Broken, slow or unreachable.
        FAILED
    }

    private final Reason reason;
    private final transient @Nullable Instant until;

    GithubUnavailableException(Reason reason, String message, @Nullable Instant until) {
        super(message);
        this.reason = reason;
        this.until = until;
    }

    static GithubUnavailableException failed(URI at, String why) {
        return new GithubUnavailableException(Reason.FAILED, at.getPath() + ": " + why, null);
    }

    static GithubUnavailableException limited(Instant until) {
        return new GithubUnavailableException(
                Reason.LIMITED, "GitHub's limit is used up until " + until.truncatedTo(ChronoUnit.SECONDS), until);
    }

    public Reason reason() {
        return reason;
    }

    /// Before this instant it makes no sense to ask again; null when nobody knows.
    public @Nullable Instant until() {
        return until;
    }
}

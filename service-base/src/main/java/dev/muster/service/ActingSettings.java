package dev.muster.service;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the portal acts for the people who signed in there. Unknown properties stop the start.
///
/// @param token the token itself, the same one for ingest, notifier and portal, usually from the environment variable
/// `MUSTER_ACTING_TOKEN`: whoever has it can be anybody; null, and nobody changes anything in the portal
@ConfigurationProperties(value = "muster.acting", ignoreUnknownFields = false)
public record ActingSettings(@Nullable String token) {

    private static final int SHORTEST = 24;

    public ActingSettings {
        token = token == null || token.isBlank() ? null : token.strip();
        if (token != null && token.length() < SHORTEST) {
            throw new IllegalArgumentException("muster.acting.token must be a random one of " + SHORTEST
                    + " characters at least: whoever guesses it can be anybody");
        }
    }

    @Override
    public String toString() {
        return "ActingSettings[token=***]";
    }
}

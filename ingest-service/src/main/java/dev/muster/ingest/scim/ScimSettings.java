package dev.muster.ingest.scim;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set under `muster.scim`.
///
/// @param maxResources users and groups together, at most 200000: all of them are in memory
/// @param silentAfter how long an identity provider that asks and tells nothing still counts as connected; after that
/// its groups count as no longer synced
@ConfigurationProperties(value = "muster.scim", ignoreUnknownFields = false)
public record ScimSettings(
        @DefaultValue("50000") int maxResources,
        @DefaultValue("7d") Duration silentAfter) {

    private static final int MOST = 200_000;

    public ScimSettings {
        if (maxResources < 1 || maxResources > MOST) {
            throw new IllegalArgumentException("muster.scim.max-resources must be from 1 to " + MOST);
        }
        if (silentAfter.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("muster.scim.silent-after must be at least 1h");
        }
    }
}

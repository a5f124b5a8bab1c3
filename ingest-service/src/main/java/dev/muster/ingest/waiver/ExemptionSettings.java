package dev.muster.ingest.waiver;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set under `muster.exemptions`.
///
/// @param longest how far away the end of an exemption may be, at most 365 days: as long as facts are kept
@ConfigurationProperties(value = "muster.exemptions", ignoreUnknownFields = false)
public record ExemptionSettings(@DefaultValue("180d") Duration longest) {

    private static final Duration MOST = Duration.ofDays(365);

    public ExemptionSettings {
        if (!longest.isPositive() || longest.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("muster.exemptions.longest must be above zero and at most 365d");
        }
    }
}

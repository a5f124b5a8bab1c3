package dev.muster.ingest.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What an operator may set under `muster.ingest`.
///
/// @param maxDelivery largest body of a delivery; GitHub's cap
/// @param maxDeclaration largest body of a declaration
/// @param inFlight memory that all bodies under way may take together; what does not fit is answered with 503
/// @param bodyWithin time that a body may take to arrive
/// @param sourcesDir folder with more source definitions, one folder a source, or null
/// @param frameworkDir folder with more facts and rules, or null
@ConfigurationProperties(value = "muster.ingest", ignoreUnknownFields = false)
public record IngestSettings(
        @DefaultValue("25MB") DataSize maxDelivery,
        @DefaultValue("4MB") DataSize maxDeclaration,
        @DefaultValue("128MB") DataSize inFlight,
        @DefaultValue("10s") Duration bodyWithin,
        @Nullable Path sourcesDir,
        @Nullable Path frameworkDir) {

    public IngestSettings {
        positive("max-delivery", maxDelivery);
        positive("max-declaration", maxDeclaration);
        positive("in-flight", inFlight);
        if (maxDelivery.compareTo(DataSize.ofMegabytes(25)) > 0) {
            throw new IllegalArgumentException(
                    "muster.ingest.max-delivery must be at most 25MB, what the journal takes");
        }
        if (maxDeclaration.compareTo(maxDelivery) > 0) {
            throw new IllegalArgumentException("muster.ingest.max-declaration must be at most max-delivery");
        }
        if (inFlight.compareTo(maxDelivery) <= 0 || inFlight.compareTo(DataSize.ofGigabytes(1)) > 0) {
            throw new IllegalArgumentException("muster.ingest.in-flight must be above max-delivery and at most 1GB");
        }
        if (!bodyWithin.isPositive()) {
            throw new IllegalArgumentException("muster.ingest.body-within must be above zero");
        }
    }

    private static void positive(String name, DataSize size) {
        if (size.toBytes() <= 0) {
            throw new IllegalArgumentException("muster.ingest." + name + " must be above zero");
        }
    }
}

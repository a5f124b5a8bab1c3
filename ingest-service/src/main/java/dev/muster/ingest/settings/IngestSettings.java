package dev.muster.ingest.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What an operator may set under `muster.ingest`.
///
/// @param maxDelivery largest body of a delivery; GitHub's cap
/// @param maxDeclaration largest body of a declaration
/// @param inFlight memory that all deliveries under way may take together, each 256 KB beside its body; what does not
/// fit is answered with 503
/// @param bodyWithin time that a body may take to arrive
/// @param sourcesDir folder with more source definitions, one folder a source, or null
/// @param sourcesReload how often that folder is looked at
/// @param frameworkDir folder with more facts and rules, or null
/// @param spool where deliveries wait while Kafka is away
/// @param replay how the journal is read again
/// @param watch when a connection is in trouble
@ConfigurationProperties(value = "muster.ingest", ignoreUnknownFields = false)
public record IngestSettings(
        @DefaultValue("25MB") DataSize maxDelivery,
        @DefaultValue("4MB") DataSize maxDeclaration,
        @DefaultValue("128MB") DataSize inFlight,
        @DefaultValue("10s") Duration bodyWithin,
        @Nullable Path sourcesDir,
        @DefaultValue("5s") Duration sourcesReload,
        @Nullable Path frameworkDir,
        @DefaultValue Spool spool,
        @DefaultValue Replay replay,
        @DefaultValue Watch watch) {

    /// How the journal is read again.
    ///
    /// @param perSecond deliveries of the connection that are mapped again in a second, at most
    public record Replay(@DefaultValue("500") int perSecond) {

        public Replay {
            if (perSecond < 1) {
                throw new IllegalArgumentException("muster.ingest.replay.per-second must be above zero");
            }
        }
    }

    /// When a connection is in trouble, and who hears of it.
    ///
    /// @param every how often what was seen is written down and judged
    /// @param silenceFactor a connection is silent when its last delivery is so many times as long ago as the
    /// longest gap between two of the last two weeks
    /// @param silenceLeast and this long at least
    /// @param learn how long a connection must have reported before its silence is judged
    /// @param rejections deliveries refused in a row, for their signature, type or size, that are trouble
    /// @param owner full reference of the group that owns connections, such as `group:default/platform`: each
    /// becomes an entity of the catalogue that scorecards judge; null for none
    public record Watch(
            @DefaultValue("10s") Duration every,
            @DefaultValue("3") double silenceFactor,
            @DefaultValue("1h") Duration silenceLeast,
            @DefaultValue("7d") Duration learn,
            @DefaultValue("5") int rejections,
            @Nullable String owner) {

        private static final Pattern GROUP =
                Pattern.compile("group:[a-z0-9][-a-z0-9_.]{0,62}/[a-z0-9][-a-z0-9_.]{0,62}");

        public Watch {
            if (every.compareTo(Duration.ofMillis(100)) < 0) {
                throw new IllegalArgumentException("muster.ingest.watch.every must be at least 100ms");
            }
            if (!(silenceFactor >= 1)) {
                throw new IllegalArgumentException("muster.ingest.watch.silence-factor must be at least 1");
            }
            if (!silenceLeast.isPositive()) {
                throw new IllegalArgumentException("muster.ingest.watch.silence-least must be above zero");
            }
            if (learn.isNegative()) {
                throw new IllegalArgumentException("muster.ingest.watch.learn must not be negative");
            }
            if (rejections < 1) {
                throw new IllegalArgumentException("muster.ingest.watch.rejections must be above zero");
            }
            if (owner != null && !GROUP.matcher(owner).matches()) {
                throw new IllegalArgumentException(
                        "muster.ingest.watch.owner must be a full reference such as group:default/platform");
            }
        }
    }

    /// Where deliveries of senders that never come back wait while Kafka is away.
    ///
    /// @param folder of this instance alone, on a disk that outlives it; without one there is no spool, and such
    /// senders are answered with 503 like all others
    /// @param maxSize what it may take on the disk; what does not fit is answered with 503
    /// @param patience how long Kafka may take before a delivery is spooled; below what the senders wait for
    public record Spool(
            @Nullable Path folder,
            @DefaultValue("1GB") DataSize maxSize,
            @DefaultValue("700ms") Duration patience) {

        /// The largest delivery with all that goes with it.
        private static final DataSize LARGEST = DataSize.ofMegabytes(32);

        public Spool {
            if (maxSize.compareTo(LARGEST) < 0) {
                throw new IllegalArgumentException("muster.ingest.spool.max-size must be at least 32MB");
            }
            if (!patience.isPositive() || patience.compareTo(Duration.ofSeconds(5)) > 0) {
                throw new IllegalArgumentException("muster.ingest.spool.patience must be above zero and at most 5s");
            }
        }
    }

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
        positive("body-within", bodyWithin);
        positive("sources-reload", sourcesReload);
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("muster.ingest." + name + " must be above zero");
        }
    }

    private static void positive(String name, DataSize size) {
        if (size.toBytes() <= 0) {
            throw new IllegalArgumentException("muster.ingest." + name + " must be above zero");
        }
    }
}

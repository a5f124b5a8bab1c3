package dev.muster.portal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set for the portal. Unknown properties stop the start.
///
/// @param anonymousRead whether everybody who reaches the portal may read; otherwise a bearer token is needed
/// @param url where people reach the portal, for links that leave it; null makes them relative
/// @param keep how long history stays in the read model
/// @param backtest what a backtest may take
/// @param asOf what a result of the past may take
@ConfigurationProperties(prefix = "muster.portal", ignoreUnknownFields = false)
public record PortalSettings(
        @DefaultValue("true") boolean anonymousRead,
        @Nullable URI url,
        @DefaultValue Keep keep,
        @DefaultValue Backtest backtest,
        @DefaultValue AsOf asOf) {

    /// What a backtest may take.
    ///
    /// @param within how long one may take; then it is given up
    /// @param frameworkDir folder with more facts and rules, or null; the same as for ingest, and used for results
    ///     of the past, too
    public record Backtest(
            @DefaultValue("5m") Duration within, @Nullable Path frameworkDir) {

        public Backtest {
            positive("backtest.within", within);
        }
    }

    /// What a result of the past may take.
    ///
    /// @param within how long one may take; then it is given up
    public record AsOf(@DefaultValue("2m") Duration within) {

        public AsOf {
            positive("as-of.within", within);
        }
    }

    /// How long rows stay that nothing replaces. The topics keep them equally long.
    ///
    /// @param transitions the history of results
    /// @param deliveries that a delivery came in
    /// @param receipts what became of messages
    /// @param deadLetters records that could not be used
    public record Keep(
            @DefaultValue("365d") Duration transitions,
            @DefaultValue("30d") Duration deliveries,
            @DefaultValue("90d") Duration receipts,
            @DefaultValue("30d") Duration deadLetters) {

        public Keep {
            positive("keep.transitions", transitions);
            positive("keep.deliveries", deliveries);
            positive("keep.receipts", receipts);
            positive("keep.dead-letters", deadLetters);
        }
    }

    private static void positive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("muster.portal." + name + " must be above zero");
        }
    }
}

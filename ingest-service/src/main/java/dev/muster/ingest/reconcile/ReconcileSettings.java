package dev.muster.ingest.reconcile;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// One entry of `muster.reconcile.<connection>`.
///
/// @param url base of GitHub's REST API; of an Enterprise Server `https://HOST/api/v3`
/// @param host in subjects, such as github.com; that of the url when empty
/// @param organizations whose repositories and teams are read
/// @param token access token that may read them; without a token and an app nothing is read
/// @param appId id of a GitHub App, in place of a token
/// @param privateKeyFile file with the private key of the app, as GitHub gave it (PEM)
/// @param dailyAt time of day in UTC at which everything is read again
/// @param coalesce how long news about one thing is gathered before it is read
/// @param redeliverEvery how often GitHub is asked for deliveries that failed
/// @param redeliveries how often one delivery is asked for again at most; 0 for never
/// @param concurrency repositories and teams that a snapshot reads at once
/// @param within time that one answer of GitHub may take
public record ReconcileSettings(
        @DefaultValue("https://api.github.com") URI url,
        @DefaultValue("") String host,
        @DefaultValue List<String> organizations,
        @Nullable String token,
        @Nullable String appId,
        @Nullable String privateKeyFile,
        @DefaultValue("02:00") String dailyAt,
        @DefaultValue("2s") Duration coalesce,
        @DefaultValue("5m") Duration redeliverEvery,
        @DefaultValue("3") int redeliveries,
        @DefaultValue("4") int concurrency,
        @DefaultValue("30s") Duration within) {

    public ReconcileSettings {
        organizations = organizations.stream()
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
        token = token == null || token.isBlank() ? null : token.strip();
        appId = appId == null || appId.isBlank() ? null : appId.strip();
        privateKeyFile = privateKeyFile == null || privateKeyFile.isBlank() ? null : privateKeyFile.strip();
    }

    /// Whether there are credentials.
    boolean isOn() {
        return token != null || appId != null;
    }

    LocalTime timeOfDay() {
        return LocalTime.parse(dailyAt);
    }

    /// Checks what belongs together.
    ///
    /// @param property such as `muster.reconcile.github`
    /// @throws IllegalArgumentException naming the property that is wrong
    void check(String property) {
        if (token != null && appId != null) {
            throw new IllegalArgumentException(property + ": give a token or an app-id, not both");
        }
        if (appId != null && privateKeyFile == null) {
            throw new IllegalArgumentException(property + ".private-key-file is missing: the app signs with it");
        }
        if (organizations.isEmpty()) {
            throw new IllegalArgumentException(property + ".organizations is missing: whose repositories are read");
        }
        for (var organization : organizations) {
            if (!Subject.isLogin(organization)) {
                throw new IllegalArgumentException(
                        property + ".organizations: '" + organization + "' is no login of an organisation");
            }
        }
        try {
            timeOfDay();
        } catch (DateTimeException _) {
            throw new IllegalArgumentException(
                    property + ".daily-at must be a time of day such as 02:00, is '" + dailyAt + "'");
        }
        positive(property + ".coalesce", coalesce);
        positive(property + ".redeliver-every", redeliverEvery);
        positive(property + ".within", within);
        if (redeliveries < 0) {
            throw new IllegalArgumentException(property + ".redeliveries must be 0 or more");
        }
        if (concurrency < 1 || concurrency > 20) {
            throw new IllegalArgumentException(property + ".concurrency must be from 1 to 20");
        }
    }

    private static void positive(String property, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(property + " must be above zero");
        }
    }

    @Override
    public String toString() {
        return "ReconcileSettings[url=" + url + ", organizations=" + organizations + ", appId=" + appId
                + ", token=***]";
    }
}

package dev.muster.portal;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PortalSettingsTest {

    @Test
    void hasTheseDefaults() {
        var settings = bind(Map.of());

        assertThat(settings.anonymousRead()).isTrue();
        assertThat(settings.tokenLogin()).isTrue();
        assertThat(settings.url()).isNull();
        assertThat(settings.streams()).isEqualTo(500);
        assertThat(settings.keep())
                .isEqualTo(new PortalSettings.Keep(
                        Duration.ofDays(365),
                        Duration.ofDays(30),
                        Duration.ofDays(90),
                        Duration.ofDays(30),
                        Duration.ofDays(365)));
        assertThat(settings.backtest()).isEqualTo(new PortalSettings.Backtest(Duration.ofMinutes(10), 500, null));
        assertThat(settings.asOf()).isEqualTo(new PortalSettings.AsOf(Duration.ofMinutes(2)));
        assertThat(settings.acting())
                .isEqualTo(new PortalSettings.Acting(
                        URI.create("http://localhost:8090"),
                        URI.create("http://localhost:8092"),
                        Duration.ofSeconds(15)));
        assertThat(settings.oidc())
                .isEqualTo(new PortalSettings.Oidc(
                        null,
                        "single sign-on",
                        null,
                        null,
                        List.of("openid", "profile", "email"),
                        "preferred_username",
                        "groups",
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Map.of(),
                        "groups",
                        Duration.ofHours(8)));
    }

    @Test
    void readsEveryProperty() {
        var settings = bind(Map.ofEntries(
                entry("muster.portal.anonymous-read", "false"),
                entry("muster.portal.token-login", "false"),
                entry("muster.portal.url", "https://muster.example.org"),
                entry("muster.portal.streams", "7"),
                entry("muster.portal.keep.transitions", "10d"),
                entry("muster.portal.keep.deliveries", "1d"),
                entry("muster.portal.keep.receipts", "2d"),
                entry("muster.portal.keep.dead-letters", "3d"),
                entry("muster.portal.keep.audit", "4d"),
                entry("muster.portal.backtest.within", "7m"),
                entry("muster.portal.backtest.entities", "9"),
                entry("muster.portal.backtest.framework-dir", "/etc/muster/framework"),
                entry("muster.portal.as-of.within", "8m"),
                entry("muster.portal.acting.ingest", "https://ingest.example.org"),
                entry("muster.portal.acting.notifier", "https://notifier.example.org"),
                entry("muster.portal.acting.within", "3s"),
                entry("muster.portal.oidc.issuer", "https://id.example.org"),
                entry("muster.portal.oidc.name", "Acme ID"),
                entry("muster.portal.oidc.client-id", "muster"),
                entry("muster.portal.oidc.client-secret", "hush"),
                entry("muster.portal.oidc.scopes", "openid"),
                entry("muster.portal.oidc.name-claim", "email"),
                entry("muster.portal.oidc.roles-claim", "realm_access.roles"),
                entry("muster.portal.oidc.admins", "platform"),
                entry("muster.portal.oidc.editors", "developers"),
                entry("muster.portal.oidc.viewers", "staff"),
                entry("muster.portal.oidc.duties.exemptions", "risk-board"),
                entry("muster.portal.oidc.groups-claim", "teams"),
                entry("muster.portal.oidc.session", "1h")));

        assertThat(settings)
                .isEqualTo(new PortalSettings(
                        false,
                        false,
                        URI.create("https://muster.example.org"),
                        7,
                        new PortalSettings.Keep(
                                Duration.ofDays(10),
                                Duration.ofDays(1),
                                Duration.ofDays(2),
                                Duration.ofDays(3),
                                Duration.ofDays(4)),
                        new PortalSettings.Backtest(Duration.ofMinutes(7), 9, Path.of("/etc/muster/framework")),
                        new PortalSettings.AsOf(Duration.ofMinutes(8)),
                        new PortalSettings.Acting(
                                URI.create("https://ingest.example.org"),
                                URI.create("https://notifier.example.org"),
                                Duration.ofSeconds(3)),
                        new PortalSettings.Oidc(
                                URI.create("https://id.example.org"),
                                "Acme ID",
                                "muster",
                                "hush",
                                List.of("openid"),
                                "email",
                                "realm_access.roles",
                                Set.of("platform"),
                                Set.of("developers"),
                                Set.of("staff"),
                                Map.of("exemptions", Set.of("risk-board")),
                                "teams",
                                Duration.ofHours(1))));
    }

    @Test
    void namesThePropertyThatIsWrong() {
        assertThatThrownBy(() -> bind(Map.of("muster.portal.streams", "0")))
                .rootCause()
                .hasMessage("muster.portal.streams must be above zero, not 0");
        assertThatThrownBy(() -> bind(Map.of("muster.portal.keep.receipts", "0s")))
                .rootCause()
                .hasMessageContaining("muster.portal.keep.receipts");
        assertThatThrownBy(() -> bind(Map.of("muster.portal.backtest.within", "-1s")))
                .rootCause()
                .hasMessageContaining("muster.portal.backtest.within");
        assertThatThrownBy(() -> bind(Map.of("muster.portal.backtest.entities", "0")))
                .rootCause()
                .hasMessage("muster.portal.backtest.entities must be above zero, not 0");
        assertThatThrownBy(() -> bind(Map.of("muster.portal.as-of.within", "0s")))
                .rootCause()
                .hasMessageContaining("muster.portal.as-of.within");
        assertThatThrownBy(() -> bind(Map.of("muster.portal.acting.within", "0s")))
                .rootCause()
                .hasMessageContaining("muster.portal.acting.within");
        assertThatThrownBy(() -> bind(Map.of("muster.portal.acting.ingest", "localhost:8090")))
                .rootCause()
                .hasMessageContaining("muster.portal.acting.ingest must be an address such as");
        assertThatThrownBy(() -> bind(Map.of("muster.portal.oidc.session", "0s")))
                .rootCause()
                .hasMessageContaining("muster.portal.oidc.session");
        assertThatThrownBy(() -> bind(Map.of("muster.portal.oidc.issuer", "https://id.example.org")))
                .rootCause()
                .hasMessageContaining("muster.portal.oidc.client-id");
    }

    @Test
    void neverPrintsASecret() {
        var settings = bind(Map.of(
                "muster.portal.oidc.issuer", "https://id.example.org",
                "muster.portal.oidc.client-id", "muster",
                "muster.portal.oidc.client-secret", "hush"));

        assertThat(settings.toString()).contains("id.example.org").doesNotContain("hush");
    }

    private static PortalSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("muster.portal", PortalSettings.class);
    }
}

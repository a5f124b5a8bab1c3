package dev.muster.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PortalSettingsTest {

    @Test
    void hasTheseDefaults() {
        var settings = bind(Map.of());

        assertThat(settings.anonymousRead()).isTrue();
        assertThat(settings.url()).isNull();
        assertThat(settings.keep())
                .isEqualTo(new PortalSettings.Keep(
                        Duration.ofDays(365), Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(30)));
        assertThat(settings.backtest()).isEqualTo(new PortalSettings.Backtest(Duration.ofMinutes(5), null));
        assertThat(settings.asOf()).isEqualTo(new PortalSettings.AsOf(Duration.ofMinutes(2)));
    }

    @Test
    void readsEveryProperty() {
        var settings = bind(Map.of(
                "muster.portal.anonymous-read", "false",
                "muster.portal.url", "https://muster.example.org",
                "muster.portal.keep.transitions", "10d",
                "muster.portal.keep.deliveries", "1d",
                "muster.portal.keep.receipts", "2d",
                "muster.portal.keep.dead-letters", "3d",
                "muster.portal.backtest.within", "7m",
                "muster.portal.backtest.framework-dir", "/etc/muster/framework",
                "muster.portal.as-of.within", "8m"));

        assertThat(settings)
                .isEqualTo(new PortalSettings(
                        false,
                        URI.create("https://muster.example.org"),
                        new PortalSettings.Keep(
                                Duration.ofDays(10), Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(3)),
                        new PortalSettings.Backtest(Duration.ofMinutes(7), Path.of("/etc/muster/framework")),
                        new PortalSettings.AsOf(Duration.ofMinutes(8))));
    }

    @Test
    void namesThePropertyThatIsWrong() {
        assertThatThrownBy(() -> bind(Map.of("muster.portal.keep.receipts", "0s")))
                .rootCause()
                .hasMessageContaining("muster.portal.keep.receipts");
        assertThatThrownBy(() -> bind(Map.of("muster.portal.backtest.within", "-1s")))
                .rootCause()
                .hasMessageContaining("muster.portal.backtest.within");
        assertThatThrownBy(() -> bind(Map.of("muster.portal.as-of.within", "0s")))
                .rootCause()
                .hasMessageContaining("muster.portal.as-of.within");
    }

    private static PortalSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("muster.portal", PortalSettings.class);
    }
}

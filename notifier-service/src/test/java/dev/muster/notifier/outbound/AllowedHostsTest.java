package dev.muster.notifier.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    private final AllowedHosts hosts = new AllowedHosts(List.of(
            "hooks.slack.com",
            "slack.com",
            "http://localhost:*",
            "https://chat.acme.example:8443",
            "*.logic.azure.com"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.slack.com/services/T0/B0/x",
                "https://HOOKS.slack.com:443/services/T0/B0/x",
                "https://slack.com/api/chat.postMessage",
                "http://localhost:12345/x",
                "https://prod-27.westeurope.logic.azure.com:443/workflows/x",
                "https://chat.acme.example:8443/hooks/x"
            })
    void allowsWhatIsListed(String address) {
        assertThat(hosts.refuses(URI.create(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.slack.com/services/T0/B0/x",
                "https://hooks.slack.com:22/",
                "https://hooks.slack.com.evil.example/",
                "https://logic.azure.com/",
                "https://evillogic.azure.com/",
                "https://x.logic.azure.com.evil.example/",
                "https://hooks。slack.com/",
                "https://evil.example/hooks.slack.com",
                "https://user@hooks.slack.com/",
                "https://hooks.slack.com@evil.example/",
                "https://localhost:12345/",
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://2130706433/",
                "https://169.254.169.254/latest/meta-data",
                "file:///etc/passwd",
                "gopher://hooks.slack.com/",
                "https:///path",
                "hooks.slack.com"
            })
    void refusesEverythingElseAndSaysWhyWithoutThePath(String address) {
        assertThat(hosts.refuses(URI.create(address)))
                .hasValueSatisfying(
                        why -> assertThat(why).doesNotContain("/services").doesNotContain("meta-data"));
    }

    @Test
    void refusesAnEntryThatIsNoHost() {
        assertThatThrownBy(() -> new AllowedHosts(List.of("https://hooks.slack.com/services")))
                .hasMessageContaining("muster.notifier.outbound.allowed-hosts");
    }
}

package dev.muster.notifier.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedAddressesTest {

    private final AllowedAddresses addresses = new AllowedAddresses(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "52.114.0.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "2606:4700::1111"
            })
    void allowsThePublicInternet(String address) {
        assertThat(addresses.refuses(InetAddress.ofLiteral(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:2::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a9fe:a9fe::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesEverythingElse(String address) {
        assertThat(addresses.refuses(InetAddress.ofLiteral(address)))
                .hasValueSatisfying(it -> assertThat(it).doesNotContain(address));
    }

    @Test
    void seesThroughIpv4ThatIsMappedIntoIpv6() throws UnknownHostException {
        var mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;

        assertThat(addresses.refuses(java.net.Inet6Address.getByAddress(null, mapped, -1)))
                .isPresent();
        assertThat(addresses.refuses(InetAddress.getByAddress(mapped))).isPresent();
    }

    @Test
    void allowsWhatTheOperatorNames() {
        var inside = new AllowedAddresses(List.of("10.20.0.0/16", "fd00:1::/32", "127.0.0.1"));

        assertThat(inside.refuses(InetAddress.ofLiteral("10.20.255.1"))).isEmpty();
        assertThat(inside.refuses(InetAddress.ofLiteral("10.21.0.1"))).isPresent();
        assertThat(inside.refuses(InetAddress.ofLiteral("fd00:1:2::3"))).isEmpty();
        assertThat(inside.refuses(InetAddress.ofLiteral("fd00:2::3"))).isPresent();
        assertThat(inside.refuses(InetAddress.ofLiteral("127.0.0.1"))).isEmpty();
        assertThat(inside.refuses(InetAddress.ofLiteral("127.0.0.2"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "localhost", "10.0.0.0/8/8", "::/129", "2130706433", ""})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> new AllowedAddresses(List.of(text)))
                .hasMessageContaining("muster.notifier.outbound.allowed-networks");
    }
}

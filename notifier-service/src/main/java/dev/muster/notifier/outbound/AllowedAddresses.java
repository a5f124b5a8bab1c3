package dev.muster.notifier.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Addresses that may be connected to: those of the public internet, and the ranges that the operator names.
///
/// The table is IANA's of special-purpose addresses, for IPv4 (RFC 6890 and its successors) and for IPv6. Of IPv6 only
/// global unicast, `2000::/3`, is public at all, which leaves out loopback, link-local and unique local addresses,
/// multicast, NAT64 (`64:ff9b::/96`), SRv6 and IPv4 that is mapped or embedded; what lies within it and wraps an IPv4
/// address (6to4, Teredo) is refused as well.
///
/// @param exceptions ranges that may be connected to all the same, in CIDR notation, such as `10.20.0.0/16`
public record AllowedAddresses(List<String> exceptions) {

    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    private static final List<Network> REFUSED = List.of(
            Network.of("0.0.0.0/8"), // this network
            Network.of("10.0.0.0/8"), // private
            Network.of("100.64.0.0/10"), // carrier-grade NAT; a metadata service of one cloud
            Network.of("127.0.0.0/8"), // loopback
            Network.of("168.63.129.16/32"), // a cloud's own service to its machines
            Network.of("169.254.0.0/16"), // link-local; the metadata services of clouds
            Network.of("172.16.0.0/12"), // private
            Network.of("192.0.0.0/24"), // protocol assignments
            Network.of("192.0.2.0/24"), // documentation
            Network.of("192.31.196.0/24"), // AS112
            Network.of("192.52.193.0/24"), // AMT
            Network.of("192.88.99.0/24"), // 6to4 relays
            Network.of("192.168.0.0/16"), // private
            Network.of("192.175.48.0/24"), // AS112
            Network.of("198.18.0.0/15"), // benchmarking
            Network.of("198.51.100.0/24"), // documentation
            Network.of("203.0.113.0/24"), // documentation
            Network.of("224.0.0.0/4"), // multicast
            Network.of("240.0.0.0/4"), // reserved, and broadcast
            Network.of("2001::/23"), // protocol assignments, among them Teredo, benchmarking and ORCHID
            Network.of("2001:db8::/32"), // documentation
            Network.of("2002::/16"), // 6to4
            Network.of("2620:4f:8000::/48"), // AS112
            Network.of("3fff::/20")); // documentation

    public AllowedAddresses {
        exceptions = exceptions.stream().map(String::strip).toList();
        for (var it : exceptions) {
            try {
                Network.of(it);
            } catch (IllegalArgumentException _) {
                throw notARange(it);
            }
        }
    }

    private static IllegalArgumentException notARange(String entry) {
        return new IllegalArgumentException(
                "muster.notifier.outbound.allowed-networks has an entry that is not a range such as 10.20.0.0/16: "
                        + entry);
    }

    /// Why nobody may connect to `address`, in words without the address; empty when one may.
    public Optional<String> refuses(InetAddress address) {
        var plain = Network.plain(address);
        if (exceptions.stream().anyMatch(it -> Network.of(it).contains(plain))) {
            return Optional.empty();
        }
        var open = (!(plain instanceof Inet6Address) || GLOBAL_UNICAST.contains(plain))
                && REFUSED.stream().noneMatch(it -> it.contains(plain));
        return open
                ? Optional.empty()
                : Optional.of("it has an address that is not of the public internet, and not in"
                        + " muster.notifier.outbound.allowed-networks");
    }
}

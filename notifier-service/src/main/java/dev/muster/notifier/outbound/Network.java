package dev.muster.notifier.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/// A range of addresses, such as `10.0.0.0/8` or `fd00::/8`.
final class Network {

    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]+)(?:/(\\d{1,3}))?");

    private final byte[] prefix;
    private final int bits;

    /// @param prefix the bytes of its first address: 4 or 16
    /// @param bits how many of them count
    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /// Reads CIDR notation; a bare address is a range of one.
    ///
    /// @throws IllegalArgumentException when it is none; never asks a name server
    static Network of(String text) {
        var parts = FORM.matcher(text.strip());
        if (!parts.matches() || !(text.contains(":") || text.contains("."))) {
            throw new IllegalArgumentException("not a range of addresses such as 10.0.0.0/8: " + text);
        }
        try {
            var address = InetAddress.ofLiteral(parts.group(1)).getAddress();
            var bits = parts.group(2) == null ? 8 * address.length : Integer.parseInt(parts.group(2));
            if (bits > 8 * address.length) {
                throw new IllegalArgumentException("a range of addresses with too many bits: " + text);
            }
            return new Network(address, bits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a range of addresses such as 10.0.0.0/8: " + text, e);
        }
    }

    /// Whether `address` lies in it. An IPv4 address that is mapped into IPv6 counts as IPv4.
    boolean contains(InetAddress address) {
        var bytes = plain(address).getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        for (var bit = 0; bit < bits; bit++) {
            var mask = 1 << (7 - bit % 8);
            if ((bytes[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /// `::ffff:a.b.c.d` as `a.b.c.d`. The JDK does the same for what it resolves, but not for every way to make one.
    static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}

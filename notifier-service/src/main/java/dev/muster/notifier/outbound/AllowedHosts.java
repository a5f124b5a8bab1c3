package dev.muster.notifier.outbound;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Hosts that may be called. Everything else is refused, whatever it resolves to.
///
/// An entry is `[scheme://]host[:port]`: the scheme is https when none is given, the port that of the scheme; `*` is
/// any port. Plain http needs an entry that says so. `*.example.org` is every host below `example.org`, not itself.
///
/// @param entries such as `hooks.slack.com`, `*.logic.azure.com` or `http://localhost:*`
public record AllowedHosts(List<String> entries) {

    private static final Pattern ENTRY =
            Pattern.compile("(?:(https?)://)?((?:\\*\\.)?[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::(\\d{1,5}|\\*))?");

    public AllowedHosts {
        entries =
                entries.stream().map(it -> it.strip().toLowerCase(Locale.ROOT)).toList();
        for (var entry : entries) {
            if (!ENTRY.matcher(entry).matches()) {
                throw new IllegalArgumentException(
                        "muster.notifier.outbound.allowed-hosts has an entry that is not [scheme://]host[:port]: "
                                + entry);
            }
        }
    }

    /// Why `address` may not be called, in words without the address; empty when it may.
    public Optional<String> refuses(URI address) {
        var scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Optional.of("not an https address");
        }
        var host = address.getHost();
        if (host == null || address.getRawUserInfo() != null) {
            return Optional.of("an address with a user, or without a host");
        }
        var port = address.getPort() == -1 ? standard(scheme) : address.getPort();
        return entries.stream().anyMatch(it -> matches(it, scheme, host.toLowerCase(Locale.ROOT), port))
                ? Optional.empty()
                : Optional.of(scheme + "://" + host + ":" + port + " is not in muster.notifier.outbound.allowed-hosts");
    }

    private static boolean matches(String entry, String scheme, String host, int port) {
        var parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            return false;
        }
        var wanted = parts.group(1) == null ? "https" : parts.group(1);
        var ports = parts.group(3);
        return wanted.equals(scheme)
                && names(parts.group(2), host)
                && (ports == null ? port == standard(scheme) : ports.equals("*") || ports.equals("" + port));
    }

    private static boolean names(String pattern, String host) {
        return pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : pattern.equals(host);
    }

    private static int standard(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}

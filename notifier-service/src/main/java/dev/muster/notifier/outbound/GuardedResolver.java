package dev.muster.notifier.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/// Resolves names for the HTTP client and refuses addresses at that moment: what was checked is what is connected to,
/// so that a name server that changes its mind in between gains nothing. A literal address comes through here as well.
final class GuardedResolver implements DnsResolver {

    /// A name resolved to what may not be called.
    static final class Refused extends UnknownHostException {

        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }

    private final DnsResolver resolver;
    private final AllowedAddresses allowed;

    GuardedResolver(DnsResolver resolver, AllowedAddresses allowed) {
        this.resolver = resolver;
        this.allowed = allowed;
    }

    static GuardedResolver of(AllowedAddresses allowed) {
        return new GuardedResolver(SystemDefaultDnsResolver.INSTANCE, allowed);
    }

    /// All addresses of `host`.
    ///
    /// @throws Refused when one of them may not be connected to: a name that is public and private at once is a
    /// trick
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = resolver.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException("no address");
        }
        for (var address : addresses) {
            var why = allowed.refuses(address);
            if (why.isPresent()) {
                throw new Refused(why.get());
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}

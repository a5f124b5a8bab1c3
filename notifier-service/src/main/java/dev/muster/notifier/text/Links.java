package dev.muster.notifier.text;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Addresses that may stand in a message.
///
/// @param portal root of the portal, such as `https://muster.example.org`
public record Links(URI portal) {

    private static final int LONGEST = 1000;

    public Links {
        if (checked(portal.toString()).isEmpty()) {
            throw new IllegalArgumentException("muster.portal-url must be an http or https address");
        }
        portal = URI.create(portal.toString().replaceAll("/+$", ""));
    }

    /// The page of an entity.
    public String entity(String ref) {
        return portal + "/entities/" + path(ref).replace("%3A", ":").replace("%2F", "/");
    }

    /// The page of a scorecard.
    public String scorecard(String name) {
        return portal + "/scorecards/" + path(name);
    }

    /// The page of an initiative.
    public String initiative(String name) {
        return portal + "/initiatives/" + path(name);
    }

    /// How connections report.
    public String connections() {
        return portal + "/connections";
    }

    private static String path(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// The overview, narrowed to what `owner` owns.
    public String overview(@Nullable String owner) {
        return portal + "/" + (owner == null ? "" : "?owner=" + URLEncoder.encode(owner, StandardCharsets.UTF_8));
    }

    /// A foreign address, when it is one that a person may safely follow: absolute, http or https, no user in it, not
    /// too long.
    public static Optional<String> checked(@Nullable String address) {
        if (address == null || address.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var uri = new URI(address.strip());
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("https") || scheme.equals("http"))
                            && uri.getHost() != null
                            && uri.getUserInfo() == null
                    ? Optional.of(uri.toASCIIString())
                    : Optional.empty();
        } catch (java.net.URISyntaxException _) {
            return Optional.empty();
        }
    }
}

package dev.muster.ingest.github;

import java.net.URI;
import java.util.Locale;

/// Where one GitHub is.
///
/// @param api base of the REST API without a slash at its end: `https://api.github.com`, or `https://HOST/api/v3` of an
///     Enterprise Server
/// @param host that people and subjects name, such as github.com
public record GithubAddress(URI api, String host) {

    private static final String ENTERPRISE = "/api/v3";

    public GithubAddress {
        var text = api.toString().replaceFirst("/+$", "");
        api = URI.create(text);
        if (api.getHost() == null || !("https".equals(api.getScheme()) || "http".equals(api.getScheme()))) {
            throw new IllegalArgumentException(
                    "must be a URL such as https://api.github.com or https://HOST/api/v3, is '" + text + "'");
        }
        host = host.isBlank()
                ? api.getHost().toLowerCase(Locale.ROOT).replaceFirst("^api[.]", "")
                : host.strip().toLowerCase(Locale.ROOT);
    }

    URI at(String path) {
        return URI.create(api + path);
    }

    URI graphql() {
        var text = api.toString();
        return URI.create(
                text.endsWith(ENTERPRISE)
                        ? text.substring(0, text.length() - "/v3".length()) + "/graphql"
                        : text + "/graphql");
    }

    boolean holds(URI uri) {
        return uri.toString().startsWith(api + "/");
    }
}

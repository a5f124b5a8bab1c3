package dev.muster.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where Muster is and who we are, from the environment; secrets that the environment lacks come from the file that
/// `muster up` wrote.
///
/// | variable | default |
/// |---|---|
/// | `MUSTER_URL` | `http://localhost:8080`, the portal |
/// | `MUSTER_INGEST_URL` | the portal's, with a port higher by ten |
/// | `MUSTER_NOTIFIER_URL` | the portal's, with a port higher by twelve |
/// | `MUSTER_TOKEN`, `MUSTER_SECRET_…` | from the file |
/// | `MUSTER_DATA` | `.muster`: the folder with the file `secrets.env` |
///
/// @param secrets by name
record Settings(URI portal, URI ingest, URI notifier, Map<String, String> secrets) {

    private static final int INGEST_AFTER_PORTAL = 10;
    private static final int NOTIFIER_AFTER_PORTAL = 12;
    private static final String TOKEN = "MUSTER_TOKEN";

    Settings {
        secrets = Map.copyOf(secrets);
    }

    static Settings from(Map<String, String> environment) {
        var portal = url("MUSTER_URL", environment.getOrDefault("MUSTER_URL", "http://localhost:8080"));
        var secrets = new HashMap<>(stored(
                Path.of(environment.getOrDefault("MUSTER_DATA", ".muster")).resolve("secrets.env")));
        environment.forEach((name, value) -> {
            if (name.startsWith("MUSTER_")) {
                secrets.put(name, value);
            }
        });
        return new Settings(
                portal,
                beside(portal, INGEST_AFTER_PORTAL, "MUSTER_INGEST_URL", environment),
                beside(portal, NOTIFIER_AFTER_PORTAL, "MUSTER_NOTIFIER_URL", environment),
                secrets);
    }

    /// Our token, when we have one.
    Optional<String> token() {
        return Optional.ofNullable(secrets.get(TOKEN)).filter(token -> !token.isBlank());
    }

    /// The secret of a connection.
    String secretOf(String connection) {
        var name =
                "MUSTER_SECRET_" + connection.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
        var secret = secrets.get(name);
        if (secret == null) {
            throw Failure.usage(
                    "no secret for the connection %s: set %s, or MUSTER_DATA to the data folder of muster up"
                            .formatted(connection, name));
        }
        return secret;
    }

    /// Never prints a secret.
    @Override
    public String toString() {
        return "Settings[portal=%s, ingest=%s, notifier=%s, secrets=%s]"
                .formatted(portal, ingest, notifier, secrets.keySet());
    }

    private static URI beside(URI portal, int further, String variable, Map<String, String> environment) {
        var given = environment.get(variable);
        if (given != null) {
            return url(variable, given);
        }
        var port = portal.getPort() < 0 ? 80 : portal.getPort();
        return URI.create("%s://%s:%d".formatted(portal.getScheme(), portal.getHost(), port + further));
    }

    private static URI url(String variable, String text) {
        try {
            var url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw Failure.usage("%s is '%s', expected something like http://localhost:8080".formatted(variable, text));
    }

    private static Map<String, String> stored(Path file) {
        var values = new HashMap<String, String>();
        if (!Files.isReadable(file)) {
            return values;
        }
        try {
            for (var line : Files.readAllLines(file)) {
                var equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#")) {
                    values.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                }
            }
        } catch (IOException e) {
            throw Failure.usage("cannot read " + file + ": " + e.getMessage());
        }
        return values;
    }
}

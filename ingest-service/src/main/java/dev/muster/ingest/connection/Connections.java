package dev.muster.ingest.connection;

import dev.muster.ingest.source.Authentication;
import dev.muster.ingest.source.Sources;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All connections by name. Immutable.
public final class Connections {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

    private final Map<String, Connection> byName;
    private final Verifier decoy = new Verifier(
            List.of(new Authentication.HmacSha256("x-hub-signature-256", "sha256=", Authentication.Encoding.HEX)),
            List.of(UUID.randomUUID().toString(), UUID.randomUUID().toString()));

    private Connections(Map<String, Connection> byName) {
        this.byName = byName;
    }

    /// Makes the connections that have a secret.
    ///
    /// @throws IllegalArgumentException naming the property that is wrong
    static Connections of(Map<String, ConnectionSettings> settings, Sources sources) {
        var connections = new TreeMap<String, Connection>();
        settings.forEach((name, entry) -> {
            var property = "muster.connections." + name;
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        property + ": a name has lower-case letters, digits and hyphens, 60 at most");
            }
            var secrets = Stream.of(entry.secret(), entry.previousSecret())
                    .filter(Objects::nonNull)
                    .filter(secret -> !secret.isBlank())
                    .toList();
            if (secrets.isEmpty()) {
                return; // without a secret it does not exist
            }
            if (entry.source() == null) {
                throw new IllegalArgumentException(property + ".source is missing");
            }
            var source = sources.find(entry.source())
                    .orElseThrow(() -> new IllegalArgumentException(
                            property + ".source: no source definition is called '" + entry.source() + "'"));
            connections.put(name, new Connection(name, source, new Verifier(source.authentication(), secrets)));
        });
        return new Connections(Map.copyOf(connections));
    }

    public Optional<Connection> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Connection> all() {
        return byName.values();
    }

    /// Refuses everything, and takes about as long as a real one: who asks for a connection that does not exist learns
    /// nothing from the clock.
    public Verifier decoy() {
        return decoy;
    }
}

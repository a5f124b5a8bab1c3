package dev.muster.ingest.connection;

import dev.muster.ingest.source.Authentication;
import dev.muster.ingest.source.SignedText;
import dev.muster.ingest.source.SourceDefinition;
import dev.muster.ingest.source.Sources;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All connections by name. Which there are never changes; the definition of each is the one in use now, and
/// the last one that was when there is none.
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

    private final Sources sources;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final Verifier decoy = new Verifier(
            List.of(new Authentication.Signature(
                    Authentication.Algorithm.HMAC_SHA256,
                    Authentication.KeyForm.TEXT,
                    "x-hub-signature-256",
                    "sha256=",
                    "",
                    Authentication.Encoding.HEX,
                    SignedText.BODY_ALONE)),
            List.of(UUID.randomUUID().toString(), UUID.randomUUID().toString()));

    /// A connection as it is used, and what it was made of.
    ///
    /// @param seen newest definition that was looked at; that of the connection, unless the secrets do not
    /// fit it
    private record Slot(Connection connection, SourceDefinition seen, List<String> secrets) {

        /// Never prints a secret.
        @Override
        public String toString() {
            return "Slot[" + connection.name() + "]";
        }
    }

    private Connections(Sources sources) {
        this.sources = sources;
    }

    /// Makes the connections that have a secret.
    ///
    /// @throws IllegalArgumentException naming the property that is wrong
    static Connections of(Map<String, ConnectionSettings> settings, Sources sources) {
        var connections = new Connections(sources);
        new TreeMap<>(settings).forEach(connections::add);
        return connections;
    }

    private void add(String name, ConnectionSettings entry) {
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
        var source = sources.find(Objects.requireNonNullElse(entry.source(), name))
                .orElseThrow(() -> new IllegalArgumentException(
                        entry.source() == null
                                ? property + ".source is missing"
                                : property + ".source: no source definition is called '" + entry.source() + "'"));
        try {
            slots.put(name, new Slot(connection(name, source, secrets), source, secrets));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "%s.secret (or %s) %s".formatted(property, ConnectionSettings.variable(name), wrong.getMessage()),
                    wrong);
        }
    }

    private static Connection connection(String name, SourceDefinition source, List<String> secrets) {
        return new Connection(name, source, new Verifier(source.authentication(), secrets));
    }

    public Optional<Connection> find(String name) {
        return Optional.ofNullable(slots.computeIfPresent(name, (_, slot) -> newest(slot)))
                .map(Slot::connection);
    }

    private Slot newest(Slot slot) {
        var name = slot.connection().name();
        var source = sources.find(slot.connection().source().name()).orElse(slot.seen());
        if (source.equals(slot.seen())) {
            return slot;
        }
        try {
            return new Slot(connection(name, source, slot.secrets()), source, slot.secrets());
        } catch (IllegalArgumentException wrong) {
            LOG.warn("connection {} keeps the definition it had: its secret {}", name, wrong.getMessage());
            return new Slot(slot.connection(), source, slot.secrets());
        }
    }

    /// All of them, in the order of their names.
    public Collection<Connection> all() {
        return slots.keySet().stream()
                .sorted()
                .flatMap(name -> find(name).stream())
                .toList();
    }

    /// Refuses everything, and takes about as long as a real one: who asks for a connection that does not
    /// exist learns nothing from the clock.
    public Verifier decoy() {
        return decoy;
    }
}

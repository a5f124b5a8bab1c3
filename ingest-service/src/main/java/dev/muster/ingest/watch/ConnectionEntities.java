package dev.muster.ingest.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.connection.Connection;
import dev.muster.ingest.connection.Connections;
import dev.muster.ingest.declared.Declarations;
import dev.muster.ingest.declared.Declarations.Decision;
import dev.muster.ingest.declared.Declarations.Write;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.ingest.settings.IngestSettings;
import dev.muster.schemas.v1.Entity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts each connection into the catalogue as `resource:connections/NAME`, owned by who looks after them, so that a
/// scorecard judges it and its owner hears of it. Does nothing when nobody is named.
@Component
final class ConnectionEntities {

    /// Who declares what nobody asked for.
    static final String ACTOR = "muster";

    private static final String NAMESPACE = "connections";

    private final Connections connections;
    private final Declarations<Entity> entities;
    private final InstantSource clock;
    private final @Nullable String owner;

    ConnectionEntities(
            Connections connections, Declarations<Entity> entities, InstantSource clock, IngestSettings settings) {
        this.connections = connections;
        this.entities = entities;
        this.clock = clock;
        this.owner = settings.watch().owner();
    }

    /// Writes those that are not there as they should be.
    void declare() {
        var group = owner;
        if (group == null) {
            return;
        }
        entities.change(current -> {
            var requestId = UUID.randomUUID().toString();
            var now = clock.instant();
            var writes = connections.all().stream()
                    .map(connection -> entity(connection, group))
                    .filter(entity -> {
                        var known = current.get(entity.getRef());
                        return known == null || !Objects.equals(known.getDigest(), entity.getDigest());
                    })
                    .map(entity -> Entity.newBuilder(entity)
                            .setAppliedAt(now)
                            .setDeliveryId(requestId)
                            .build())
                    .map(entity -> new Write<>(entity.getRef(), entity))
                    .toList();
            return new Decision<>(writes, requestId, now, ACTOR, writes.size());
        });
    }

    /// Without when it was applied, of which its digest does not depend.
    private static Entity entity(Connection connection, String owner) {
        var ref = "resource:" + NAMESPACE + "/" + connection.name();
        var claims = Stream.of(
                        "entity:" + ref,
                        "readiness:" + ref,
                        ConnectionFact.subject(connection.name()),
                        "team:" + owner.substring("group:".length()))
                .sorted()
                .toList();
        var entity = Entity.newBuilder()
                .setRef(ref)
                .setKind("Resource")
                .setNamespace(NAMESPACE)
                .setName(connection.name())
                .setTitle("Connection " + connection.name())
                .setDescription("Webhooks of " + connection.source().title() + " that Muster takes")
                .setType("connection")
                .setOwner(owner)
                .setTags(List.of(connection.source().name()))
                .setClaims(claims)
                .setAppliedAt(Instant.EPOCH)
                .setAppliedBy(ACTOR)
                .setDeliveryId("")
                .setDigest("")
                .build();
        return Entity.newBuilder(entity)
                .setDigest(CanonicalJson.sha256(entity.toString().getBytes(UTF_8)))
                .build();
    }
}

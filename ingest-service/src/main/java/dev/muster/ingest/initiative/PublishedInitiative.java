package dev.muster.ingest.initiative;

import dev.muster.engine.definition.InitiativeDefinition;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.schemas.v1.Initiative;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A definition as it travels. Pure.
final class PublishedInitiative {

    private PublishedInitiative() {}

    /// Without who declared it and when: what the digest is made of. A beginning that the file leaves open is 1970.
    static Initiative of(InitiativeDefinition definition) {
        var initiative = Initiative.newBuilder()
                .setName(definition.name())
                .setTitle(definition.title())
                .setDescription(definition.description())
                .setOwner(definition.owner())
                .setScorecard(definition.scorecard())
                .setLevel(definition.level())
                .setRules(definition.rules())
                .setAppliesTo(definition.appliesTo())
                .setStartsAt(definition.startsAt() == null ? Instant.EPOCH : definition.startsAt())
                .setDue(definition.due())
                .setDeclaredAt(Instant.EPOCH)
                .setAppliedAt(Instant.EPOCH)
                .setAppliedBy("")
                .setDeliveryId("")
                .setDigest("")
                .build();
        var digest = CanonicalJson.sha256(initiative.toString().getBytes(StandardCharsets.UTF_8));
        return Initiative.newBuilder(initiative).setDigest(digest).build();
    }
}

package dev.muster.ingest.catalog;

import dev.muster.schemas.v1.Entity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Claims that follow from the owner's descriptor: an entity claims every team that the group that owns it claims, so
/// that what is told of the people of a team reaches all that the team owns. Pure.
final class OwnerClaims {

    private static final String TEAM = "team:";

    private final Map<String, Entity> after = new HashMap<>();

    /// @param current catalogue by reference
    /// @param applied entities of the request, over those of the catalogue
    OwnerClaims(Map<String, Entity> current, Collection<Entity> applied) {
        after.putAll(current);
        applied.forEach(it -> after.put(it.getRef(), it));
    }

    /// The entity with all of its claims.
    Entity completed(Entity entity) {
        var claims = claims(entity);
        return claims.equals(entity.getClaims())
                ? entity
                : Entity.newBuilder(entity).setClaims(claims).build();
    }

    /// Entities of the catalogue whose claims are others now, because of their owners.
    ///
    /// @param owners references of the groups that changed
    List<Entity> followers(Collection<String> owners) {
        return after.values().stream()
                .filter(it -> it.getOwner() != null && owners.contains(it.getOwner()))
                .filter(it -> !claims(it).equals(it.getClaims()))
                .map(this::completed)
                .toList();
    }

    private List<String> claims(Entity entity) {
        var self = new EntityRef(
                entity.getKind().toLowerCase(java.util.Locale.ROOT),
                entity.getRef()
                        .substring(
                                entity.getRef().indexOf(':') + 1,
                                entity.getRef().indexOf('/')),
                entity.getRef().substring(entity.getRef().indexOf('/') + 1));
        var claims = new TreeSet<>(Claims.of(self, entity.getAnnotations(), entity.getOwner(), entity.getDependsOn()));
        claims.addAll(teams(entity.getOwner()));
        return new ArrayList<>(claims);
    }

    private List<String> teams(@Nullable String owner) {
        var group = owner == null ? null : after.get(owner);
        return group == null
                ? List.of()
                : group.getClaims().stream().filter(it -> it.startsWith(TEAM)).toList();
    }
}

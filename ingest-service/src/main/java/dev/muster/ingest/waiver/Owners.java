package dev.muster.ingest.waiver;

import dev.muster.schemas.v1.Entity;
import dev.muster.service.Caller;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who owns an entity: the group that its descriptor names, or the group that it is. Pure.
final class Owners {

    private Owners() {}

    static boolean has(Entity entity, Caller caller) {
        var owner = of(entity);
        return owner != null && caller.groups().contains(owner);
    }

    /// Whose members own it, for people.
    static String named(Entity entity) {
        var owner = of(entity);
        return owner == null
                ? "its owner, but " + entity.getRef() + " has none"
                : owner + ", which owns " + entity.getRef();
    }

    private static @Nullable String of(Entity entity) {
        return entity.getKind().toLowerCase(Locale.ROOT).equals("group") ? entity.getRef() : entity.getOwner();
    }
}

package dev.muster.ingest.owner;

import dev.muster.schemas.v1.Entity;
import dev.muster.service.Caller;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who owns an entity: the group that its descriptor names, or the group that it is. Pure.
public final class Owners {

    private Owners() {}

    public static boolean has(Entity entity, Caller caller) {
        return has(of(entity), caller);
    }

    /// Whether the caller is a member of the team.
    ///
    /// @param owner reference; null for nobody
    static boolean has(@Nullable String owner, Caller caller) {
        return owner != null && caller.groups().contains(owner);
    }

    /// Whose members own it, for people.
    public static String named(Entity entity) {
        var owner = of(entity);
        return owner == null
                ? "its owner, but " + entity.getRef() + " has none"
                : owner + ", which owns " + entity.getRef();
    }

    private static @Nullable String of(Entity entity) {
        return entity.getKind().toLowerCase(Locale.ROOT).equals("group") ? entity.getRef() : entity.getOwner();
    }
}

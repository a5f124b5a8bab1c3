package dev.muster.ingest.owner;

import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Scorecard;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something declared, and the team that owns it.
///
/// @param name for people, such as `component:default/payments` or `the scorecard 'production-readiness'`
/// @param owner reference; null when it names none
/// @param nature what it means for who may declare it
public record Owned(String name, @Nullable String owner, Nature nature) {

    private static final Set<String> PEOPLE = Set.of("group", "user");

    /// Kinds of what is declared.
    public enum Nature {
        /// A group or a user: it says who is in which team.
        PEOPLE,
        /// Any other entity: one that nobody owns yet may be taken.
        ENTITY,
        /// A scorecard or an initiative: one that nobody owns is everybody's.
        DEFINITION
    }

    public static Owned of(Entity entity) {
        var ref = entity.getRef();
        var people = PEOPLE.contains(ref.substring(0, Math.max(0, ref.indexOf(':'))));
        return new Owned(ref, entity.getOwner(), people ? Nature.PEOPLE : Nature.ENTITY);
    }

    public static Owned of(Scorecard scorecard) {
        return new Owned("the scorecard '" + scorecard.getName() + "'", scorecard.getOwner(), Nature.DEFINITION);
    }

    public static Owned of(Initiative initiative) {
        return new Owned("the initiative '" + initiative.getName() + "'", initiative.getOwner(), Nature.DEFINITION);
    }
}

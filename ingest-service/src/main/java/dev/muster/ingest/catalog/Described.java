package dev.muster.ingest.catalog;

import dev.muster.engine.definition.Place;
import dev.muster.schemas.v1.Entity;
import java.util.Map;

/// An entity as a descriptor says it, with the places of what may be wrong about its relations.
///
/// @param entity without who applied it and when
/// @param places by field: `owner`, `dependsOn`, `parent`; the descriptor's own under the empty text
record Described(Entity entity, Map<String, Place> places) {

    Place place(String field) {
        var place = places.get(field);
        return place == null ? places.getOrDefault("", new Place(null, 0, 0, "")) : place;
    }
}

package dev.muster.engine.rule;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes `entity` of an [EntityView].
final class EntityValue {

    private EntityValue() {}

    static StructureValue of(EntityView entity, Steps steps) {
        var fields = new HashMap<String, Object>();
        fields.put("ref", entity.ref());
        fields.put("kind", entity.kind());
        fields.put("namespace", entity.namespace());
        fields.put("name", entity.name());
        fields.put("tier", (long) entity.tier());
        fields.put("tags", entity.tags());
        fields.put("annotations", entity.annotations());
        put(fields, "title", entity.title());
        put(fields, "type", entity.type());
        put(fields, "lifecycle", entity.lifecycle());
        put(fields, "owner", entity.owner());
        put(fields, "system", entity.system());
        return new StructureValue(FactTypes.ENTITY, fields, steps);
    }

    private static void put(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}

package dev.muster.engine.rule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes `entity` of an [EntityView].
final class EntityValue {

    /// Annotation that says which data it holds, such as `pii, phi`.
    private static final String DATA_CLASS = "muster.dev/data-class";

    /// Annotation that says what it has that rules ask for, such as `ui, data-store`.
    private static final String TRAITS = "muster.dev/traits";

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
        fields.put("dependsOn", entity.dependsOn());
        fields.put("dataClasses", words(entity, DATA_CLASS));
        fields.put("traits", words(entity, TRAITS));
        put(fields, "title", entity.title());
        put(fields, "type", entity.type());
        put(fields, "lifecycle", entity.lifecycle());
        put(fields, "owner", entity.owner());
        put(fields, "system", entity.system());
        return new StructureValue(FactTypes.ENTITY, fields, steps);
    }

    private static List<String> words(EntityView entity, String annotation) {
        return Arrays.stream(entity.annotations().getOrDefault(annotation, "").split(",", -1))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static void put(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}

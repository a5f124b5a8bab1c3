package dev.muster.engine.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.StructType;
import dev.muster.engine.fact.FactReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes of a reading what expressions see.
final class FactValues {

    private FactValues() {}

    /// The value of a fact as expressions see it.
    ///
    /// @param exempt findings to leave out: ids of items, or values of their field `id`
    static Object of(FactReading reading, CelType type, Set<String> exempt, Steps steps) {
        if (type instanceof StructType struct) {
            return reading.value() instanceof Map<?, ?> fields
                    ? new StructureValue(struct, fields(fields), steps)
                    : Zeros.of(type, steps);
        }
        if (type instanceof ListType list && list.elemType() instanceof StructType struct) {
            return steps.counted(items(reading.items(), struct, exempt, steps));
        }
        return reading.value() instanceof List<?> texts ? steps.counted(texts) : reading.value();
    }

    private static List<Object> items(List<FactReading.Item> items, StructType type, Set<String> exempt, Steps steps) {
        var values = new ArrayList<Object>(items.size());
        for (var item : items) {
            if (exempt.isEmpty() || !exempts(exempt, item)) {
                values.add(new StructureValue(type, new ItemFields(item), steps));
            }
        }
        return values;
    }

    private static boolean exempts(Set<String> exempt, FactReading.Item item) {
        return exempt.contains(item.id()) || (item.fields().get("id") instanceof String id && exempt.contains(id));
    }

    private static Map<String, Object> fields(Map<?, ?> fields) {
        var copy = new HashMap<String, Object>();
        fields.forEach((name, value) -> {
            if (name instanceof String text && value != null) {
                copy.put(text, value);
            }
        });
        return copy;
    }
}

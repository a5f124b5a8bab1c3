package dev.muster.engine.rule;

import dev.muster.engine.fact.FactReading;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of an item as expressions see them: those that it declares, its id and its subject. A view, because the
/// items of a fact are many and few of their fields are asked for.
final class ItemFields extends AbstractMap<String, Object> {

    private final FactReading.Item item;

    ItemFields(FactReading.Item item) {
        this.item = item;
    }

    @Override
    public @Nullable Object get(Object field) {
        var declared = item.fields().get(field);
        if (declared != null) {
            return declared;
        }
        return field.equals(FactTypes.ITEM) ? item.id() : field.equals(FactTypes.SUBJECT) ? item.subject() : null;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        var all =
                new LinkedHashMap<String, Object>(Map.of(FactTypes.ITEM, item.id(), FactTypes.SUBJECT, item.subject()));
        all.putAll(item.fields());
        return all.entrySet();
    }
}

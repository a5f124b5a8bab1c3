package dev.muster.engine.rule;

import dev.cel.common.types.StructType;
import dev.cel.common.values.SelectableValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value with fields as expressions read it: an absent field reads as the zero of its type and is absent to
/// `has()`.
///
/// Not a map, and not one of CEL's own values: the runtime would copy those wherever it passes one.
final class StructureValue implements SelectableValue<String> {

    private final StructType type;
    private final Map<String, Object> fields;
    private final Steps steps;

    StructureValue(StructType type, Map<String, Object> fields, Steps steps) {
        this.type = type;
        this.fields = fields;
        this.steps = steps;
    }

    /// The fields that are there.
    Map<String, Object> fields() {
        return fields;
    }

    @Override
    public Object select(String field) {
        var value = fields.get(field);
        return value == null ? zero(field) : seen(value);
    }

    @Override
    public Optional<Object> find(String field) {
        return Optional.ofNullable(fields.get(field)).map(this::seen);
    }

    private Object seen(Object value) {
        return value instanceof List<?> list ? steps.counted(list) : value;
    }

    private Object zero(String field) {
        return type.findField(field).map(found -> Zeros.of(found.type(), steps)).orElse("");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StructureValue that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}

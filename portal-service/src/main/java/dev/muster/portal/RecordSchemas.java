package dev.muster.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says in the description of the API what records say of themselves: a component is always there, and null only where
/// it is marked so.
@Component
class RecordSchemas implements ModelConverter {

    private static final String PREFIX = "#/components/schemas/";

    @Override
    public boolean isOpenapi31() {
        return true;
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (resolved != null && type.getType() != null) {
            var raw = Json.mapper().constructType(type.getType()).getRawClass();
            var model = model(resolved, context);
            if (raw.isRecord() && model != null && model.getProperties() != null) {
                for (var component : raw.getRecordComponents()) {
                    describe(component, model);
                }
            }
        }
        return resolved;
    }

    private static @Nullable Schema<?> model(Schema<?> resolved, ModelConverterContext context) {
        var ref = resolved.get$ref();
        return ref == null ? resolved : context.getDefinedModels().get(ref.replace(PREFIX, ""));
    }

    private static void describe(RecordComponent component, Schema<?> model) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        var name = named == null || named.value().isEmpty() ? component.getName() : named.value();
        @SuppressWarnings("rawtypes")
        Map<String, Schema> properties = model.getProperties();
        var property = properties.get(name);
        if (property == null
                || (model.getRequired() != null && model.getRequired().contains(name))) {
            return;
        }
        if (!component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
            model.addRequiredItem(name);
        }
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            properties.put(name, nullable(property));
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Schema nullable(Schema property) {
        Set<String> types = property.getTypes();
        if (property.get$ref() != null || types == null) {
            return new Schema<>().oneOf(List.of(property, new Schema<>().types(Set.of("null"))));
        }
        var more = new LinkedHashSet<>(types);
        more.add("null");
        property.setTypes(more);
        return property;
    }
}

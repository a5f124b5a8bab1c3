package dev.muster.portal.fields;

import dev.muster.engine.definition.Nearest;
import dev.muster.service.ProblemError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;

/// Which fields answers have, as Jackson writes them.
final class KnownFields {

    private final JsonMapper json;

    KnownFields(JsonMapper json) {
        this.json = json;
    }

    /// The fields of a type, or of the elements of a list, by name; empty where any name may be, and in a plain value.
    Map<String, JavaType> of(JavaType type) {
        var element = type;
        while (element.isCollectionLikeType() || element.isArrayType()) {
            element = element.getContentType();
        }
        var found = new LinkedHashMap<String, JavaType>();
        if (!element.isMapLikeType()) {
            json.acceptJsonFormatVisitor(element, new JsonFormatVisitorWrapper.Base() {
                @Override
                public JsonObjectFormatVisitor expectObjectFormat(JavaType itself) {
                    return new JsonObjectFormatVisitor.Base(getContext()) {
                        @Override
                        public void property(BeanProperty property) {
                            found.put(property.getName(), property.getType());
                        }

                        @Override
                        public void optionalProperty(BeanProperty property) {
                            property(property);
                        }
                    };
                }
            });
        }
        return found;
    }

    /// Every name among the wanted that there is not, with the one that was perhaps meant.
    List<ProblemError> mistakes(JavaType type, Fields wanted) {
        var mistakes = new ArrayList<ProblemError>();
        look(type, wanted, "", mistakes);
        return mistakes;
    }

    private void look(JavaType type, Fields wanted, String path, List<ProblemError> mistakes) {
        if (type.isMapLikeType() || type.isJavaLangObject()) {
            return;
        }
        var known = of(type);
        wanted.within().forEach((name, inner) -> {
            var found = known.get(name);
            var at = path.isEmpty() ? name : path + "." + name;
            if (found == null) {
                mistakes.add(ProblemError.at("fields", "there is no field '" + at + "'" + help(name, known)));
            } else {
                look(found, inner, at, mistakes);
            }
        });
    }

    private static String help(String name, Map<String, JavaType> known) {
        var near = Nearest.hint(name, known.keySet());
        if (!near.isEmpty()) {
            return near;
        }
        return known.isEmpty() ? "; a plain value has none" : "; there are " + String.join(", ", known.keySet());
    }
}

package dev.muster.portal.fields;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Names of fields that are wanted, each with those wanted within it; without any, all of it is wanted. Pure.
record Fields(Map<String, Fields> within) {

    /// Reads names with commas between them; dots lead into a field, as in `ref,results.score`.
    static Fields parse(String text) {
        var fields = new Fields(new LinkedHashMap<>());
        Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .forEach(name -> {
                    var at = fields;
                    for (var part : name.split("\\.", -1)) {
                        at = at.within.computeIfAbsent(part, _ -> new Fields(new LinkedHashMap<>()));
                    }
                });
        return fields;
    }

    /// The same document with nothing else; the elements of a list each for themselves.
    JsonNode of(JsonNode document) {
        if (within.isEmpty()) {
            return document;
        }
        if (document instanceof ArrayNode array) {
            var kept = array.arrayNode();
            array.forEach(each -> kept.add(of(each)));
            return kept;
        }
        if (document instanceof ObjectNode object) {
            var kept = object.objectNode();
            within.forEach((name, inner) -> {
                var value = object.get(name);
                if (value != null) {
                    kept.set(name, inner.of(value));
                }
            });
            return kept;
        }
        return document;
    }
}

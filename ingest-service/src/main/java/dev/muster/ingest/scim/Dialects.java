package dev.muster.ingest.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What identity providers send as PATCH and the standard does not say, put as the standard says it. Pure.
///
/// - Microsoft Entra ID sends operations without a path whose value has paths for names:
///   `{"name.givenName": "Ada", "emails[type eq \"work\"].value": "…"}`. Each becomes an operation of its own.
/// - Okta repeats the `id` of a group in such a value. What nobody can change is left out there.
final class Dialects {

    private static final String OPERATIONS = "Operations";
    private static final Set<String> UNCHANGEABLE = Set.of("id", "schemas", "meta");

    private Dialects() {}

    /// The same request in the standard's words; anything that is no PATCH request as it is.
    static JsonNode standard(JsonNode request) {
        if (!(request instanceof ObjectNode object) || !object.path(OPERATIONS).isArray()) {
            return request;
        }
        var operations = new ArrayList<JsonNode>();
        for (var operation : object.get(OPERATIONS)) {
            if (operation instanceof ObjectNode one
                    && !one.has("path")
                    && one.path("value").isObject()) {
                split(one, operations);
            } else {
                operations.add(operation);
            }
        }
        var standard = object.deepCopy();
        standard.putArray(OPERATIONS).addAll(operations);
        return standard;
    }

    private static void split(ObjectNode operation, List<JsonNode> operations) {
        var plain = JsonNodeFactory.instance.objectNode();
        var paths = new ArrayList<JsonNode>();
        for (var member : operation.get("value").properties()) {
            if (isPath(member.getKey())) {
                paths.add(withPath(operation, member));
            } else if (!UNCHANGEABLE.contains(member.getKey())) {
                plain.set(member.getKey(), member.getValue());
            }
        }
        if (!plain.isEmpty() || paths.isEmpty()) {
            operations.add(operation.deepCopy().set("value", plain));
        }
        operations.addAll(paths);
    }

    private static JsonNode withPath(ObjectNode operation, Map.Entry<String, JsonNode> member) {
        return operation.deepCopy().put("path", member.getKey()).set("value", member.getValue());
    }

    private static boolean isPath(String name) {
        return !name.startsWith("urn:") && (name.indexOf('.') >= 0 || name.indexOf('[') >= 0);
    }
}

package dev.muster.engine.fact;

import dev.muster.engine.definition.Nearest;
import dev.muster.engine.fact.FactType.CollectionOf;
import dev.muster.engine.fact.FactType.Simple;
import dev.muster.engine.fact.FactType.Structure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads JSON by a [FactType].
final class Typing {

    /// What CEL can hold as a timestamp.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Typing() {}

    /// Every way in which `node` does not fit `type`; for a collection, `node` is one item.
    static List<String> mistakes(FactType type, JsonNode node) {
        return switch (type) {
            case Simple simple -> simple(simple, node).isPresent() ? List.of() : List.of(expected(simple, node));
            case Structure structure -> structureMistakes(structure, node);
            case CollectionOf collection -> structureMistakes(collection.item(), node);
        };
    }

    private static List<String> structureMistakes(Structure structure, JsonNode node) {
        if (!node.isObject()) {
            return List.of(expected(structure, node));
        }
        var mistakes = new ArrayList<String>();
        for (var entry : node.properties()) {
            var field = structure.fields().get(entry.getKey());
            if (field == null) {
                mistakes.add("unknown field '" + entry.getKey() + "'"
                        + Nearest.hint(entry.getKey(), structure.fields().keySet()));
            } else if (!entry.getValue().isNull()
                    && simple(field.type(), entry.getValue()).isEmpty()) {
                mistakes.add(entry.getKey() + ": " + expected(field.type(), entry.getValue()));
            }
        }
        return mistakes;
    }

    private static String expected(FactType type, JsonNode found) {
        var text = found.toString();
        var shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return "expected %s, found %s".formatted(type.word(), shown);
    }

    /// The value; empty when it does not fit. For a collection, `node` is one item.
    static Optional<Object> value(FactType type, JsonNode node) {
        return switch (type) {
            case Simple simple -> simple(simple, node);
            case Structure structure -> fields(structure, node).map(fields -> fields);
            case CollectionOf collection -> fields(collection.item(), node).map(fields -> fields);
        };
    }

    /// The declared fields that are there and fit; empty when it is not an object.
    static Optional<Map<String, Object>> fields(Structure structure, JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        var names = structure.names();
        var values = new @Nullable Object[names.length];
        for (var i = 0; i < names.length; i++) {
            var value = node.get(names[i]);
            var field = structure.fields().get(names[i]);
            values[i] = value == null || field == null
                    ? null
                    : simple(field.type(), value).orElse(null);
        }
        return Optional.of(new FieldsRead(names, values));
    }

    private static Optional<Object> simple(Simple type, JsonNode node) {
        return Optional.ofNullable(
                switch (type) {
                    case BOOL -> node.isBoolean() ? (Object) node.booleanValue() : null;
                    case INT -> whole(node);
                    case DOUBLE ->
                        node.isNumber() && Double.isFinite(node.doubleValue()) ? (Object) node.doubleValue() : null;
                    case STRING -> node.isString() ? node.stringValue() : null;
                    case TIMESTAMP -> node.isString() ? instant(node.stringValue()) : null;
                    case STRING_LIST -> texts(node);
                });
    }

    private static @Nullable Long whole(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? (Long) node.longValue() : null;
        }
        return node.isNumber() && FactJson.isWhole(node.doubleValue()) ? (Long) (long) node.doubleValue() : null;
    }

    private static @Nullable Instant instant(String text) {
        try {
            var instant = IsoTime.parse(text);
            return instant.isBefore(FIRST) || instant.isAfter(LAST) ? null : instant;
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static @Nullable List<String> texts(JsonNode node) {
        if (!node.isArray()) {
            return null;
        }
        var texts = new ArrayList<String>(node.size());
        for (var item : node) {
            if (!item.isString()) {
                return null;
            }
            texts.add(item.stringValue());
        }
        return List.copyOf(texts);
    }
}

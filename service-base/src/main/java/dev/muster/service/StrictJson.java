package dev.muster.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON that strangers sent: within limits, without duplicate keys, and nothing behind the end.
///
/// Uses memory in proportion to the bytes, and never more than the limits of `muster.json` allow.
public final class StrictJson {

    private final JsonMapper mapper;

    StrictJson(JsonSettings settings) {
        this.mapper = builder(settings).build();
    }

    /// With the limits that are the defaults.
    public static StrictJson withDefaults() {
        return new StrictJson(JsonSettings.defaults());
    }

    static JsonMapper.Builder builder(JsonSettings settings) {
        var factory = JsonFactory.builder()
                .streamReadConstraints(settings.constraints())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /// Reads a whole document as a tree.
    public JsonNode read(byte[] bytes) throws UnreadableJsonException {
        try (var parser = mapper.createParser(bytes)) {
            try {
                JsonNode tree = mapper.readTree(parser);
                if (tree == null || tree.isMissingNode()) {
                    throw new UnreadableJsonException("The document is empty", 1, 1);
                }
                return tree;
            } catch (JacksonException e) {
                throw UnreadableJsonException.of(e, parser.currentLocation());
            }
        }
    }

    /// Reads an object as plain maps, lists, strings, booleans, longs, doubles and nulls, in the order of the document.
    ///
    /// Numbers without a fraction are longs; those that no long holds, and those that no double holds, are refused.
    public Map<String, @Nullable Object> readObject(byte[] bytes) throws UnreadableJsonException {
        var tree = read(bytes);
        if (!tree.isObject()) {
            throw new UnreadableJsonException("The document is not an object", 1, 1);
        }
        return object(tree);
    }

    private static Map<String, @Nullable Object> object(JsonNode node) throws UnreadableJsonException {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (var member : node.properties()) {
            map.put(member.getKey(), plain(member.getValue()));
        }
        return map;
    }

    private static @Nullable Object plain(JsonNode node) throws UnreadableJsonException {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> {
                var list = new ArrayList<@Nullable Object>(node.size());
                for (var element : node) {
                    list.add(plain(element));
                }
                yield list;
            }
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case NULL, MISSING -> null;
            case BINARY, POJO -> throw new UnreadableJsonException("The document holds what JSON cannot", 0, 0);
        };
    }

    private static Object number(JsonNode node) throws UnreadableJsonException {
        if (node.isIntegralNumber()) {
            if (!node.canConvertToLong()) {
                throw new UnreadableJsonException("A number is larger than 64 bits hold", 0, 0);
            }
            return node.longValue();
        }
        if (!Double.isFinite(node.doubleValue())) {
            throw new UnreadableJsonException("A number is larger than a double holds", 0, 0);
        }
        return node.doubleValue();
    }
}

package dev.muster.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON that strangers sent: within limits, and nothing behind the end. A name that an object has
/// twice is a mistake in a tree; in plain values it is one when it says two things.
///
/// Uses memory in proportion to the bytes, and never more than the limits of `muster.json` allow.
public final class StrictJson {

    private final JsonMapper mapper;
    private final JsonFactory plain;

    StrictJson(JsonSettings settings) {
        this.mapper = builder(settings).build();
        this.plain = JsonFactory.builder()
                .streamReadConstraints(settings.constraints())
                .build();
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

    /// Reads an object as plain maps, lists, strings, booleans, longs, doubles and nulls, in the order of
    /// the document.
    ///
    /// Numbers without a fraction are longs; those that no long holds, and those that no double holds, are
    /// refused.
    public Map<String, @Nullable Object> readObject(byte[] bytes) throws UnreadableJsonException {
        if (readPlain(bytes) instanceof Map<?, ?> object) {
            @SuppressWarnings("unchecked") // made here
            var members = (Map<String, @Nullable Object>) object;
            return members;
        }
        throw new UnreadableJsonException("The document is not an object", 1, 1);
    }

    /// Reads any document as [#readObject] reads an object.
    ///
    /// @return null when the document is `null`
    public @Nullable Object readPlain(byte[] bytes) throws UnreadableJsonException {
        try (var parser = plain.createParser(ObjectReadContext.empty(), bytes)) {
            try {
                if (parser.nextToken() == null) {
                    throw new UnreadableJsonException("The document is empty", 1, 1);
                }
                var value = value(parser);
                if (parser.nextToken() != null) {
                    throw at(parser, "There is more behind the end of the document");
                }
                return value;
            } catch (JacksonException e) {
                throw UnreadableJsonException.of(e, parser.currentLocation());
            }
        }
    }

    private static @Nullable Object value(JsonParser parser) throws UnreadableJsonException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> fraction(parser);
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw at(parser, "The document holds what JSON cannot");
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws UnreadableJsonException {
        var members = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            var value = value(parser);
            var isSecond = members.containsKey(name);
            if (!Objects.equals(members.put(name, value), value) && isSecond) {
                throw at(parser, "An object has '" + name + "' twice, with two values");
            }
        }
        return members;
    }

    private static Object integer(JsonParser parser) throws UnreadableJsonException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw at(parser, "A number is larger than 64 bits hold");
        }
        return parser.getLongValue();
    }

    private static Object fraction(JsonParser parser) throws UnreadableJsonException {
        var value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw at(parser, "A number is larger than a double holds");
        }
        return value;
    }

    private static UnreadableJsonException at(JsonParser parser, String message) {
        var location = parser.currentTokenLocation();
        return new UnreadableJsonException(message, location.getLineNr(), location.getColumnNr());
    }
}

package dev.muster.engine.fact;

import java.util.Comparator;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads and writes the JSON texts of values, within bounds that no honest value comes near.
final class FactJson {

    /// Characters of one value, at most.
    static final int MAX_CHARACTERS = 256 * 1024;

    private static final int MAX_DEPTH = 16;
    private static final double WHOLE_NUMBERS_END = 1L << 53;

    private static final JsonMapper MAPPER = mapper(true);

    /// For what was told already: names that are there twice were refused then.
    private static final JsonMapper OF_KEPT = mapper(false);

    private FactJson() {}

    private static JsonMapper mapper(boolean strict) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxStringLength(MAX_CHARACTERS)
                                .maxNameLength(1000)
                                .maxNumberLength(100)
                                .maxDocumentLength(4L * MAX_CHARACTERS)
                                .build())
                        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /// @throws IllegalArgumentException with a message for people when it is not JSON, or beyond the bounds
    static JsonNode parse(String json) {
        return parse(MAPPER, json);
    }

    /// The same of a value that a register keeps.
    static JsonNode parseKept(String json) {
        return parse(OF_KEPT, json);
    }

    private static JsonNode parse(JsonMapper mapper, String json) {
        if (json.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "has %d characters, more than %d".formatted(json.length(), MAX_CHARACTERS));
        }
        try {
            var node = mapper.readTree(json);
            if (node.isMissingNode()) {
                throw new IllegalArgumentException("is empty");
            }
            return node;
        } catch (JacksonException broken) {
            // Jackson names the method that holds the limit; who sent the value cannot do anything with it.
            var message = String.valueOf(broken.getOriginalMessage()).replaceAll(", from `[^`]*`", "");
            throw new IllegalArgumentException("is not JSON: " + message, broken);
        }
    }

    /// Sorted keys, no white space, no fields that are null, and `3` where `3.0` is written.
    ///
    /// @throws IllegalArgumentException as [#parse] does, and for a number beyond the range of a double
    static String canonical(String json) {
        return MAPPER.writeValueAsString(canonical(parse(json)));
    }

    private static JsonNode canonical(JsonNode node) {
        if (node.isObject()) {
            var sorted = JsonNodeFactory.instance.objectNode();
            node.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .sorted(Comparator.comparing(Map.Entry::getKey))
                    .forEach(field -> sorted.set(field.getKey(), canonical(field.getValue())));
            return sorted;
        }
        if (node.isArray()) {
            var items = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(item -> items.add(canonical(item)));
            return items;
        }
        return node.isFloatingPointNumber() ? number(node.doubleValue()) : node;
    }

    private static JsonNode number(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("holds a number beyond the range of a double");
        }
        return isWhole(number)
                ? JsonNodeFactory.instance.numberNode((long) number)
                : JsonNodeFactory.instance.numberNode(number);
    }

    /// True for a double that stands for exactly one whole number.
    static boolean isWhole(double number) {
        return number == Math.rint(number) && Math.abs(number) <= WHOLE_NUMBERS_END;
    }
}

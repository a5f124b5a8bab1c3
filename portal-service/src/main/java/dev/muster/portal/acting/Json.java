package dev.muster.portal.acting;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what other services answer; what they tell besides is passed over.
public final class Json {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    public static <T> T read(JsonNode node, Class<T> type) {
        return JSON.treeToValue(node, type);
    }
}

package dev.muster.portal.readmodel;

import java.util.List;
import org.jooq.JSONB;
import tools.jackson.databind.json.JsonMapper;

/// Parts of a row that are only ever read whole, kept as JSON.
public final class Documents {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Documents() {}

    /// Writes `value`; a NUL in a text, which PostgreSQL refuses, becomes the replacement character.
    public static JSONB write(Object value) {
        return JSONB.valueOf(JSON.writeValueAsString(value).replace("\\u0000", "\\ufffd"));
    }

    public static <T> T read(JSONB document, Class<T> type) {
        return JSON.readValue(document.data(), type);
    }

    public static <T> List<T> readList(JSONB document, Class<T> type) {
        return JSON.readValue(document.data(), JSON.getTypeFactory().constructCollectionType(List.class, type));
    }
}

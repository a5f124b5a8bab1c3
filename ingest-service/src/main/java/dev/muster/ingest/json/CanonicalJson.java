package dev.muster.ingest.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// One text for one value: keys sorted, no white space.
public final class CanonicalJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private CanonicalJson() {}

    /// The canonical text of a value.
    ///
    /// @param value maps with text keys, lists, strings, numbers, booleans or null
    public static String of(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// SHA-256 of the canonical text, lower-case hex.
    public static String digest(@Nullable Object value) {
        return sha256(of(value).getBytes(StandardCharsets.UTF_8));
    }

    /// SHA-256, lower-case hex.
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

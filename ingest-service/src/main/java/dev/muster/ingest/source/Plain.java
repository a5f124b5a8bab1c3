package dev.muster.ingest.source;

import dev.muster.schemas.DeadLetterReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What CEL gives as what JSON knows: times as RFC 3339 text, nothing instead of null.
final class Plain {

    private Plain() {}

    static @Nullable Object of(@Nullable Object value) throws MappingRefused {
        return switch (value) {
            case null -> null;
            case Optional<?> maybe -> of(maybe.orElse(null));
            case Instant instant -> instant.toString();
            case Duration duration -> duration.toSeconds();
            case String text -> text;
            case Number number -> number;
            case Boolean bool -> bool;
            case Map<?, ?> map -> map(map);
            case List<?> list -> list(list);
            default ->
                throw new MappingRefused(
                        DeadLetterReason.MAPPING_FAILED,
                        "no fact can hold a " + value.getClass().getSimpleName());
        };
    }

    private static Map<String, Object> map(Map<?, ?> map) throws MappingRefused {
        var plain = new TreeMap<String, Object>();
        for (var entry : map.entrySet()) {
            var value = of(entry.getValue());
            if (value != null) {
                plain.put(String.valueOf(entry.getKey()), value);
            }
        }
        return plain;
    }

    private static List<Object> list(List<?> list) throws MappingRefused {
        var plain = new ArrayList<Object>();
        for (var item : list) {
            var value = of(item);
            if (value != null) {
                plain.add(value);
            }
        }
        return plain;
    }
}

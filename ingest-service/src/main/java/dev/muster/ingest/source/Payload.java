package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.Delivery;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Gets at the JSON of a delivery: the body itself, or a field of a form.
final class Payload {

    private Payload() {}

    /// The JSON object that a delivery carries.
    ///
    /// @return the object, without members that are null: no source means anything else by them
    static Map<String, Object> of(StrictJson json, SourceDefinition definition, Delivery delivery)
            throws MappingRefused {
        var bytes = new byte[delivery.getBody().remaining()];
        delivery.getBody().duplicate().get(bytes);
        var text = isForm(delivery.getContentType()) ? field(definition.formField(), bytes) : bytes;
        try {
            return withoutNulls(json.readObject(text));
        } catch (UnreadableJsonException unreadable) {
            var where = unreadable.line() < 1
                    ? ""
                    : " (line " + unreadable.line() + ", column " + unreadable.column() + ")";
            throw new MappingRefused(DeadLetterReason.NOT_JSON, unreadable.getMessage() + where);
        }
    }

    private static Map<String, Object> withoutNulls(Map<?, ?> map) {
        var members = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> {
            if (value != null) {
                members.put(String.valueOf(name), withoutNulls(value));
            }
        });
        return members;
    }

    private static Object withoutNulls(Object value) {
        return switch (value) {
            case Map<?, ?> map -> withoutNulls(map);
            case List<?> list ->
                list.stream()
                        .filter(Objects::nonNull)
                        .map(Payload::withoutNulls)
                        .toList();
            default -> value;
        };
    }

    private static boolean isForm(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith(SourceDefinition.FORM);
    }

    /// The decoded bytes of the first field of that name.
    private static byte[] field(@Nullable String name, byte[] form) throws MappingRefused {
        var wanted = (name == null ? "payload" : name) + "=";
        var prefix = wanted.getBytes(UTF_8);
        var start = 0;
        while (start < form.length) {
            var end = indexOf(form, start);
            if (end - start >= prefix.length
                    && Arrays.equals(form, start, start + prefix.length, prefix, 0, prefix.length)) {
                return decoded(form, start + prefix.length, end);
            }
            start = end + 1;
        }
        throw new MappingRefused(
                DeadLetterReason.NOT_JSON, "the form has no field '" + wanted.substring(0, wanted.length() - 1) + "'");
    }

    private static int indexOf(byte[] form, int from) {
        var at = from;
        while (at < form.length && form[at] != '&') {
            at++;
        }
        return at;
    }

    private static byte[] decoded(byte[] form, int from, int to) throws MappingRefused {
        var out = new ByteArrayOutputStream(to - from);
        for (var at = from; at < to; at++) {
            if (form[at] == '%') {
                var high = at + 2 < to ? Character.digit(form[at + 1], 16) : -1;
                var low = at + 2 < to ? Character.digit(form[at + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new MappingRefused(DeadLetterReason.NOT_JSON, "the form is not percent-encoded");
                }
                out.write(high << 4 | low);
                at += 2;
            } else {
                out.write(form[at] == '+' ? ' ' : form[at]);
            }
        }
        return out.toByteArray();
    }
}

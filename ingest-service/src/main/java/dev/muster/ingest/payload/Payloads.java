package dev.muster.ingest.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlReader;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads a body by its media type as plain maps, lists, strings, longs, doubles and booleans.
///
/// Members and elements that are null are left out: no source means anything else by them.
public final class Payloads {

    private static final String DEFAULT_FIELD = "payload";

    private final StrictJson json;

    /// A reader of bodies.
    ///
    /// @param json reads JSON within its limits
    public Payloads(StrictJson json) {
        this.json = json;
    }

    /// Reads the whole body.
    ///
    /// @param formField field that holds the JSON when it is a form
    /// @param listAllowed whether a list at the top will do, and `null` for an empty one
    /// @return a map, or a list where that is allowed
    public Object read(String contentType, @Nullable String formField, boolean listAllowed, byte[] body)
            throws UnreadablePayloadException {
        var read = switch (Format.of(contentType)) {
            case JSON -> json(body);
            case FORM -> json(Form.field(formField == null ? DEFAULT_FIELD : formField, body));
            case XML -> Xml.read(body);
            case YAML -> yaml(body);
        };
        if (read == null && listAllowed) {
            return List.of();
        }
        if (!(read instanceof Map || (listAllowed && read instanceof List))) {
            throw new UnreadablePayloadException(
                    listAllowed ? "The document is neither an object nor a list" : "The document is not an object");
        }
        return read;
    }

    private @Nullable Object json(byte[] bytes) throws UnreadablePayloadException {
        try {
            return withoutNulls(json.readPlain(bytes));
        } catch (UnreadableJsonException unreadable) {
            var where = unreadable.line() < 1
                    ? ""
                    : " (line " + unreadable.line() + ", column " + unreadable.column() + ")";
            throw new UnreadablePayloadException(unreadable.getMessage() + where);
        }
    }

    /// Several documents are a list.
    private static @Nullable Object yaml(byte[] bytes) throws UnreadablePayloadException {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            var documents = YamlReader.read(null, text).stream()
                    .map(YamlNode::plain)
                    .map(Payloads::withoutNulls)
                    .filter(Objects::nonNull)
                    .toList();
            return documents.size() == 1 ? documents.getFirst() : documents;
        } catch (DefinitionException wrong) {
            throw new UnreadablePayloadException("the YAML cannot be read: " + wrong.getMessage());
        } catch (CharacterCodingException _) {
            throw new UnreadablePayloadException("the YAML is not UTF-8");
        }
    }

    private static @Nullable Object withoutNulls(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                var members = LinkedHashMap.<String, Object>newLinkedHashMap(map.size());
                map.forEach((name, member) -> {
                    var kept = withoutNulls(member);
                    if (kept != null) {
                        members.put(String.valueOf(name), kept);
                    }
                });
                yield Fields.of(members);
            }
            case List<?> list ->
                list.stream()
                        .map(Payloads::withoutNulls)
                        .filter(Objects::nonNull)
                        .toList();
            default -> value;
        };
    }
}

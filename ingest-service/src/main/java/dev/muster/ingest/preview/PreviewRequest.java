package dev.muster.ingest.preview;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A captured delivery, and perhaps a draft that shall read it.
///
/// @param definition YAML of the draft; null takes the definition in use
/// @param delivery null asks only whether the draft has mistakes
record PreviewRequest(@Nullable String definition, @Nullable Captured delivery) {

    private static final Set<String> KEYS = Set.of("definition", "headers", "contentType", "body", "text");

    /// A delivery as it came.
    ///
    /// @param headers all of them, by lower-case names
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Captured(Map<String, String> headers, String contentType, byte[] body) {}

    /// Reads `{"headers": {…}, "contentType": "…", "body": {…}, "definition": "…"}`, with `text` in place of
    /// `body` for what is not JSON.
    static PreviewRequest of(JsonNode request) {
        var errors = new ArrayList<ProblemError>();
        if (!request.isObject()) {
            errors.add(ProblemError.at(
                    "",
                    "must be an object with "
                            + String.join(", ", KEYS.stream().sorted().toList())));
        }
        for (var key : request.propertyNames()) {
            if (!KEYS.contains(key)) {
                errors.add(ProblemError.at(
                        key,
                        "is not known here; there are "
                                + String.join(", ", KEYS.stream().sorted().toList())));
            }
        }
        var definition = text(request, "definition", errors);
        var contentType = text(request, "contentType", errors);
        var text = text(request, "text", errors);
        var headers = headers(request.get("headers"), errors);
        var body = request.get("body");
        if (body != null && text != null) {
            errors.add(ProblemError.at("text", "stands in place of 'body'; leave one of them out"));
        }
        if (body == null && text == null && definition == null) {
            errors.add(ProblemError.at("body", "is missing: what was sent; or 'text', where that is not JSON"));
        }
        if (!errors.isEmpty()) {
            throw Problem.of(ProblemType.INVALID_CONTENT, null)
                    .withErrors(errors)
                    .asException();
        }
        var sent = body == null ? text : body.toString();
        return new PreviewRequest(
                definition,
                sent == null
                        ? null
                        : new Captured(
                                headers,
                                Objects.requireNonNullElse(contentType, "application/json"),
                                sent.getBytes(UTF_8)));
    }

    private static @Nullable String text(JsonNode request, String key, List<ProblemError> errors) {
        var node = request.get(key);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            errors.add(ProblemError.at(key, "must be a string"));
            return null;
        }
        return node.stringValue();
    }

    private static Map<String, String> headers(@Nullable JsonNode node, List<ProblemError> errors) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        if (node == null || node.isNull()) {
            return headers;
        }
        if (!node.isObject()) {
            errors.add(ProblemError.at("headers", "must be an object of names and values"));
            return headers;
        }
        node.properties().forEach(header -> {
            if (header.getValue().isString()) {
                headers.put(header.getKey(), header.getValue().stringValue());
            } else {
                errors.add(ProblemError.at("headers." + header.getKey(), "must be a string"));
            }
        });
        return headers;
    }
}

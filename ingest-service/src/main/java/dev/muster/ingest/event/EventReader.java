package dev.muster.ingest.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one CloudEvent 1.0 of a request, in binary or structured mode, and notes every mistake in it. Pure.
///
/// The SDK of CloudEvents stops at the first mistake, takes empty ids and version 0.3, and leaves the
/// percent-encoding of headers as it is: what is read here, it sends in the tests.
final class EventReader {

    static final String STRUCTURED = "application/cloudevents+json";

    private static final String BINARY = "ce-";
    private static final String FORMATS =
            "Send application/cloudevents+json; or JSON with the headers ce-specversion, ce-id, ce-source and ce-type";
    private static final Pattern JSON = Pattern.compile("application/json|[a-z0-9.+-]+/[a-z0-9.+-]+\\+json");

    private final StrictJson json;

    EventReader(StrictJson json) {
        this.json = json;
    }

    /// Reads an event.
    ///
    /// @param contentType of the request, with its parameters, or null
    /// @param headers all values by lower-case name
    /// @throws ProblemException 415 when the format is another one, 422 with every mistake
    /// @throws UnreadableJsonException with the place
    Event read(@Nullable String contentType, Map<String, List<String>> headers, byte[] body)
            throws UnreadableJsonException {
        var type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals(STRUCTURED)) {
            return structured(body);
        }
        if (type.startsWith("application/cloudevents-batch")) {
            throw unsupported("Batches are not taken: send each event by itself, as application/cloudevents+json");
        }
        if (type.startsWith("application/cloudevents") || !headers.containsKey("ce-specversion")) {
            throw unsupported(FORMATS);
        }
        if (body.length > 0 && !type.isEmpty() && !JSON.matcher(type).matches()) {
            throw unsupported("The data of an event are read as application/json, or as a type that ends with +json");
        }
        return binary(headers, body);
    }

    private Event structured(byte[] body) throws UnreadableJsonException {
        var event = json.read(body);
        var attributes = new Attributes();
        if (!event.isObject()) {
            attributes.mistake("", "an event is an object");
        }
        for (var member : event.properties()) {
            switch (member.getKey()) {
                case "data" -> checkData(member.getValue(), attributes);
                case "data_base64" -> attributes.mistake("data_base64", "is not read; send JSON as 'data'");
                case String name -> attributes.put(name, text(member.getValue()));
            }
        }
        return attributes.event(Map.of(), body);
    }

    private Event binary(Map<String, List<String>> headers, byte[] body) throws UnreadableJsonException {
        var attributes = new Attributes();
        var kept = new TreeMap<String, String>();
        headers.forEach((header, values) -> {
            if (header.startsWith(BINARY)) {
                var name = header.substring(BINARY.length());
                if (values.size() > 1) {
                    attributes.mistake(name, "is there " + values.size() + " times");
                }
                var value = HeaderValue.decoded(values.getFirst());
                if (value == null) {
                    attributes.mistake(name, "is not percent-encoded UTF-8");
                } else {
                    attributes.put(name, value);
                    kept.put(header, value);
                }
            }
        });
        if (body.length > 0) {
            checkData(json.read(body), attributes);
        }
        return attributes.event(kept, body.length > 0 ? body : "{}".getBytes(UTF_8));
    }

    private static void checkData(JsonNode data, Attributes attributes) {
        if (!data.isContainer()) {
            attributes.mistake("data", "is neither an object nor a list");
        }
    }

    /// Text, number or truth as text; empty where an attribute can hold nothing of the kind.
    private static String text(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    private static ProblemException unsupported(String detail) {
        return Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail).asException();
    }
}

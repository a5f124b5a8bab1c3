package dev.muster.ingest.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.json.CanonicalJson;
import java.util.Map;

/// A CloudEvent 1.0 as it is journalled.
///
/// @param id unique within the source
/// @param headers of binary mode its attributes, decoded, under `ce-…`; empty in structured mode, where the body has
/// them
/// @param body the whole event in structured mode, its data in binary mode; JSON
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Event(String id, String source, String type, Map<String, String> headers, byte[] body) {

    /// The same for the same event, in whatever mode and however often it is sent.
    String deliveryId() {
        return "ce-"
                + CanonicalJson.sha256((source + "\n" + id).getBytes(UTF_8)).substring(0, 32);
    }

    /// Name of the source definition that reads it.
    String reader() {
        return type.startsWith("dev.cdevents.")
                ? "cdevents"
                : source.startsWith("aws.") ? "aws-eventbridge" : "cloudevents";
    }
}

package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.json.CanonicalJson;
import dev.muster.ingest.payload.Payloads;
import dev.muster.ingest.payload.UnreadablePayloadException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the id of a delivery by the rule of its source.
public final class DeliveryIds {

    private final Payloads payloads;

    DeliveryIds(Payloads payloads) {
        this.payloads = payloads;
    }

    /// The sender's id where it gives a sound one, else the key of the content, else the digest of the
    /// content.
    ///
    /// Asked only about deliveries that are genuine: this reads the body where the rule wants it. What cannot
    /// be read has its digest as id.
    ///
    /// @param given what stands in the header of the rule, if anything does
    /// @param headers kept headers, by lower-case names
    public String of(
            SourceDefinition source,
            @Nullable String given,
            String contentType,
            Map<String, String> headers,
            byte[] body) {
        if (given != null && DeliveryIdRule.isId(given)) {
            return given;
        }
        return key(source, contentType, headers, body)
                .map(key -> "key-" + shortDigest(key.getBytes(UTF_8)))
                .orElseGet(() -> "sha256-" + shortDigest(body));
    }

    private Optional<String> key(
            SourceDefinition source, String contentType, Map<String, String> headers, byte[] body) {
        var rule = source.sender().deliveryId().content();
        if (rule == null) {
            return Optional.empty();
        }
        try {
            var variables = new HashMap<String, Object>();
            variables.put("body", Mapper.body(payloads, source, contentType, body));
            variables.put("headers", headers);
            return rule.text(variables);
        } catch (MappingRefused | UnreadablePayloadException _) {
            return Optional.empty();
        }
    }

    private static String shortDigest(byte[] bytes) {
        return CanonicalJson.sha256(bytes).substring(0, 32);
    }
}

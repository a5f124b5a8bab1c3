package dev.muster.notifier.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.service.DeadRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A message that never reached a destination, as a record for the dead letters. Pure.
///
/// It holds what the message said and all that a re-drive needs, and neither an address nor a credential.
/// Its place is that of its receipt in the ledger, which is the same however often it is published.
final class Undelivered {

    /// Stands in place of a topic: the ledger is where it was.
    static final String LEDGER = "muster.notifier.ledger";

    private static final JsonMapper JSON = JsonMapper.shared();

    private Undelivered() {}

    /// @param seq place of the receipt in the ledger
    /// @param content what the notification says, as JSON; null when it never became a message
    static DeadRecord record(long seq, Receipts.Body it, @Nullable String content) {
        return new DeadRecord(
                LEDGER, 0, seq, it.at(), it.notificationId().getBytes(UTF_8), value(it, content), headers(it));
    }

    private static byte[] value(Receipts.Body it, @Nullable String content) {
        var value = new LinkedHashMap<String, Object>();
        value.put("notification", it.notificationId());
        value.put("channel", it.channel());
        value.put("destination", it.destination());
        value.put("reason", it.reason());
        value.put("attempts", it.attempts());
        value.put("owner", it.owner());
        value.put("entities", it.entities());
        value.put("transitions", it.transitionIds());
        value.put("message", content == null ? null : JSON.readTree(content));
        return JSON.writeValueAsBytes(value);
    }

    private static Map<String, byte[]> headers(Receipts.Body it) {
        var headers = new LinkedHashMap<String, byte[]>();
        if (!it.deliveryIds().isEmpty()) {
            headers.put(
                    CloudEventHeaders.CORRELATION_ID,
                    it.deliveryIds().getFirst().getBytes(UTF_8));
        }
        if (it.trace() != null) {
            headers.put(CloudEventHeaders.TRACE_PARENT, it.trace().getBytes(UTF_8));
        }
        return headers;
    }

    /// What happened and what to do, for people.
    static String sentence(Receipts.Body it) {
        if (it.channel().equals(Receipts.NONE)) {
            return "Notification %s to %s reached nobody: %s. Try it again with ./muster notifications redrive %s"
                    .formatted(it.notificationId(), it.owner(), it.reason(), it.notificationId());
        }
        return "Notification %s did not reach %s destination '%s': %s after %d attempts. Try it again with ./muster notifications redrive %s --destination %s"
                .formatted(
                        it.notificationId(),
                        it.channel(),
                        it.destination(),
                        it.reason(),
                        it.attempts(),
                        it.notificationId(),
                        it.destination());
    }
}

package dev.muster.notifier.webhook;

import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.Fitting;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The body that a receiver gets who asks for no other: `type`, `timestamp` and `data`, as Standard Webhooks has it.
public record JsonBody() implements WebhookBody {

    /// Characters of the message as plain text.
    private static final int MAX_TEXT = 10_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public String type() {
        return "application/json";
    }

    @Override
    public String of(Envelope envelope, PlainText text) {
        return Fitting.render(
                envelope.plain() ? envelope.first(0) : envelope,
                it -> whole(it, text),
                json -> json.getBytes(StandardCharsets.UTF_8).length <= MOST);
    }

    private static String whole(Envelope it, PlainText text) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "muster.notification." + kind(it));
        body.put("timestamp", it.createdAt().toString());
        body.put("data", data(it, text));
        return JSON.writeValueAsString(body);
    }

    private static String kind(Envelope it) {
        return it.message().direction().name().toLowerCase(Locale.ROOT);
    }

    /// What is told, as plain JSON values; the same for templates.
    static Map<String, Object> data(Envelope it, PlainText text) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", it.notificationId());
        data.put("threadId", it.threadId());
        data.put("kind", kind(it));
        data.put("resolved", it.resolves());
        data.put("notice", it.notice());
        data.putAll(JSON.convertValue(it.message(), new TypeReference<Map<String, Object>>() {}));
        data.remove("direction");
        data.put("text", it.plain() ? brief(it) : text.of(it, MAX_TEXT));
        return data;
    }

    private static String brief(Envelope it) {
        var why = it.message().why();
        return "%s%nWhy: %s%nDelivery: %s%n%s"
                .formatted(
                        Text.cut(it.message().headline(), 300),
                        Text.cut(why.sentence(), 300),
                        why.deliveryId() == null ? "none" : why.deliveryId(),
                        it.message().link());
    }
}

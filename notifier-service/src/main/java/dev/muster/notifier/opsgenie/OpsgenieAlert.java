package dev.muster.notifier.opsgenie;

import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.Incident;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/// One request to Opsgenie, within its limits: 130 characters of a message, 15,000 of a description, 25,000 of a note,
/// 512 of an entity. Opsgenie shows text as text.
record OpsgenieAlert(Envelope envelope, Incident incident, String priority, PlainText text) {

    static final int MAX_MESSAGE = 130;
    static final int MAX_DESCRIPTION = 15_000;
    static final int MAX_NOTE = 25_000;
    static final int MAX_ENTITY = 512;
    static final String LOWEST = "P5";

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Where it goes, below the root of the API.
    String path() {
        return switch (incident.step()) {
            case OPEN, REMIND -> "v2/alerts";
            case CLOSE -> "v2/alerts/" + incident.key() + "/close?identifierType=alias";
            case TELL -> "v2/alerts/" + incident.key() + "/notes?identifierType=alias";
        };
    }

    String json() {
        return JSON.writeValueAsString(
                switch (incident.step()) {
                    case OPEN -> alert(priority);
                    case REMIND -> alert(LOWEST);
                    case CLOSE, TELL -> note();
                });
    }

    private Map<String, Object> alert(String urgency) {
        var message = envelope.message();
        var alert = new LinkedHashMap<String, Object>();
        alert.put("message", Text.cut(message.headline(), MAX_MESSAGE));
        alert.put("alias", incident.key());
        alert.put("description", text(MAX_DESCRIPTION));
        alert.put("source", "Muster");
        alert.put(
                "entity",
                message.items().isEmpty()
                        ? "none"
                        : Text.cut(message.items().getFirst().entity(), MAX_ENTITY));
        alert.put("tags", List.of("muster", message.direction().name().toLowerCase(Locale.ROOT)));
        alert.put("priority", urgency);
        alert.put(
                "details",
                Map.of(
                        "notification", envelope.notificationId(),
                        "owner", Objects.requireNonNullElse(message.owner(), "none"),
                        "link", message.link()));
        return alert;
    }

    private Map<String, Object> note() {
        return Map.of("user", "Muster", "source", "Muster", "note", text(MAX_NOTE));
    }

    private String text(int most) {
        var message = envelope.message();
        return envelope.plain()
                ? "%s%nWhy: %s%nDelivery: %s%n%s"
                        .formatted(
                                Text.cut(message.headline(), 300),
                                Text.cut(message.why().sentence(), 300),
                                Objects.requireNonNullElse(message.why().deliveryId(), "none"),
                                message.link())
                : text.of(envelope, most);
    }
}

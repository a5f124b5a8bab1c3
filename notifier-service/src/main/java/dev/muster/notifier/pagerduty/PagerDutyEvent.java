package dev.muster.notifier.pagerduty;

import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.Incident;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.pagerduty.PagerDutySettings.Service;
import dev.muster.notifier.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// One event for PagerDuty, within its limits: 1024 characters of summary, 255 of a key, 512 KB in all. PagerDuty shows
/// text as text.
record PagerDutyEvent(Envelope envelope, Service service, Incident incident, PlainText text) {

    static final int MAX_SUMMARY = 1024;

    /// Characters of the details: far below what is refused, and as much as a person reads at night.
    static final int MAX_DETAILS = 20_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    /// What wakes nobody is a change event.
    private boolean wakes() {
        return switch (incident.step()) {
            case OPEN, CLOSE -> true;
            case TELL, REMIND -> false;
        };
    }

    /// Where it goes, below the root of the API.
    String path() {
        return wakes() ? "v2/enqueue" : "v2/change/enqueue";
    }

    String json() {
        var event = new LinkedHashMap<String, Object>();
        event.put("routing_key", service.key());
        if (wakes()) {
            event.put("event_action", incident.step() == Incident.Step.OPEN ? "trigger" : "resolve");
            event.put("dedup_key", incident.key());
            event.put("client", "Muster");
            event.put("client_url", envelope.message().link());
        }
        event.put("payload", payload());
        event.put("links", links(envelope.message()));
        return JSON.writeValueAsString(event);
    }

    private Map<String, Object> payload() {
        var message = envelope.message();
        var payload = new LinkedHashMap<String, Object>();
        payload.put("summary", Text.cut(message.headline(), MAX_SUMMARY));
        payload.put(
                "source",
                message.items().isEmpty()
                        ? "Muster"
                        : message.items().getFirst().entity());
        payload.put("timestamp", envelope.createdAt().toString());
        if (wakes()) {
            payload.put("severity", service.severity());
            payload.put("class", "production readiness");
            if (message.owner() != null) {
                payload.put("group", message.owner());
            }
        }
        payload.put("custom_details", details(message));
        return payload;
    }

    private Map<String, Object> details(Message message) {
        var details = new LinkedHashMap<String, Object>();
        details.put("notification", envelope.notificationId());
        if (envelope.plain()) {
            details.put("why", Text.cut(message.why().sentence(), 300));
            details.put(
                    "delivery",
                    message.why().deliveryId() == null ? "none" : message.why().deliveryId());
        } else {
            details.put("message", text.of(envelope, MAX_DETAILS));
        }
        return details;
    }

    private static List<Map<String, String>> links(Message message) {
        var links = new ArrayList<Map<String, String>>();
        links.add(Map.of("href", message.link(), "text", "Open in Muster"));
        if (message.why().link() != null && message.direction().hasCause()) {
            links.add(Map.of("href", message.why().link(), "text", "Look"));
        }
        return links;
    }

    /// Says which, and nothing of the key.
    @Override
    public String toString() {
        return "PagerDutyEvent[" + envelope + "]";
    }
}

package dev.muster.notifier.fakes;

import dev.muster.testkit.FakeSlack.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// PagerDuty's Events API v2: takes events with a key that it knows, names what is wrong with others, and keeps which
/// incidents are open.
public final class FakePagerDuty extends ScriptedReceiver {

    public static final String KEY = "hunter2hunter2hunter2hunter2abcd";

    private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");

    private final Map<String, String> open = new ConcurrentHashMap<>();

    public URI api() {
        return at("/");
    }

    /// Summaries of the open incidents by their key.
    public Map<String, String> open() {
        return Map.copyOf(open);
    }

    @Override
    Reply usual(Call call) {
        var event = call.json();
        var errors = call.path().equals("/v2/change/enqueue") ? change(event) : alert(event);
        if (!errors.isEmpty()) {
            return invalid(errors);
        }
        var key = event.path("dedup_key").asString("");
        switch (event.path("event_action").asString("")) {
            case "trigger" ->
                open.putIfAbsent(key, event.path("payload").path("summary").asString());
            case "resolve" -> open.remove(key);
            default -> {}
        }
        return json(
                202, "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"%s\"}".formatted(key));
    }

    private static List<String> change(JsonNode event) {
        var errors = common(event);
        if (event.has("event_action")) {
            errors.add("'event_action' is not allowed");
        }
        return errors;
    }

    private static List<String> alert(JsonNode event) {
        var errors = common(event);
        if (!Set.of("trigger", "acknowledge", "resolve")
                .contains(event.path("event_action").asString(""))) {
            errors.add("'event_action' is missing or blank");
        }
        if (event.path("dedup_key").asString("").length() > 255) {
            errors.add("'dedup_key' is too long (maximum is 255 characters)");
        }
        if (!SEVERITIES.contains(event.path("payload").path("severity").asString(""))) {
            errors.add(
                    "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')");
        }
        if (event.path("payload").path("source").asString("").isBlank()) {
            errors.add("'payload.source' is missing or blank");
        }
        return errors;
    }

    private static List<String> common(JsonNode event) {
        var errors = new ArrayList<String>();
        if (!event.path("routing_key").asString("").equals(KEY)) {
            errors.add("'routing_key' is invalid");
        }
        var summary = event.path("payload").path("summary").asString("");
        if (summary.isBlank() || summary.length() > 1024) {
            errors.add("'payload.summary' is missing, blank or too long (maximum is 1024 characters)");
        }
        if (event.toString().length() > 512 * 1024) {
            errors.add("the event is too large");
        }
        return errors;
    }

    public static Reply invalid(List<String> errors) {
        return json(
                400,
                "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[\"%s\"]}"
                        .formatted(String.join("\",\"", errors)));
    }
}

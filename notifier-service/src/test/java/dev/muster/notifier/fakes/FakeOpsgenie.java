package dev.muster.notifier.fakes;

import dev.muster.testkit.FakeSlack.Reply;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Opsgenie's Alert API v2: takes requests with a key that it knows and works on them later, names what is wrong with
/// others, and keeps which alerts are open.
public final class FakeOpsgenie extends ScriptedReceiver {

    public static final String KEY = "hunter2-8f3d";

    private static final Pattern STEP = Pattern.compile("/v2/alerts/([^/?]+)/(close|notes)\\?identifierType=alias");

    private final Map<String, JsonNode> open = new ConcurrentHashMap<>();

    public URI api() {
        return at("/");
    }

    /// The open alerts by alias.
    public Map<String, JsonNode> open() {
        return Map.copyOf(open);
    }

    @Override
    Reply usual(Call call) {
        if (!call.headers().getOrDefault("authorization", "").equals("GenieKey " + KEY)) {
            return json(401, "{\"message\":\"Could not authenticate\",\"took\":0.0,\"requestId\":\"r1\"}");
        }
        var step = STEP.matcher(call.path());
        if (step.matches()) {
            return step(step.group(1), step.group(2), call.json());
        }
        return call.path().equals("/v2/alerts")
                ? create(call.json())
                : json(404, "{\"message\":\"No handler found\",\"took\":0.0,\"requestId\":\"r1\"}");
    }

    private Reply step(String alias, String step, JsonNode body) {
        if (body.path("note").asString("").length() > 25_000) {
            return unprocessable(Map.of("note", "should be less than 25000 characters"));
        }
        if (step.equals("close")) {
            open.remove(alias);
        }
        return taken();
    }

    private Reply create(JsonNode alert) {
        var errors = new TreeMap<String, String>();
        for (var limit : Map.of("message", 130, "alias", 512, "description", 15_000, "entity", 512, "source", 100)
                .entrySet()) {
            if (alert.path(limit.getKey()).asString("").length() > limit.getValue()) {
                errors.put(limit.getKey(), "should be at most " + limit.getValue() + " characters");
            }
        }
        if (alert.path("message").asString("").isBlank()) {
            errors.put("message", "Message can not be empty.");
        }
        if (!Set.of("P1", "P2", "P3", "P4", "P5")
                .contains(alert.path("priority").asString(""))) {
            errors.put("priority", "is not a valid priority");
        }
        if (!errors.isEmpty()) {
            return unprocessable(errors);
        }
        open.putIfAbsent(alert.path("alias").asString(), alert);
        return taken();
    }

    private static Reply taken() {
        return json(202, "{\"result\":\"Request will be processed\",\"took\":0.302,\"requestId\":\"43a29c5c\"}");
    }

    public static Reply unprocessable(Map<String, String> errors) {
        return json(
                422,
                "{\"message\":\"Request body is not processable. Please check the errors.\",\"errors\":{%s},\"took\":0.0,\"requestId\":\"r1\"}"
                        .formatted(String.join(
                                ",",
                                errors.entrySet().stream()
                                        .map(it -> "\"%s\":\"%s\"".formatted(it.getKey(), it.getValue()))
                                        .toList())));
    }
}

package dev.muster.local.caught;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Stands in for Slack: takes what a bot or an incoming webhook posts, and shows it.
///
/// | call | does |
/// |---|---|
/// | `POST /slack/api/chat.postMessage` | takes a bot's message |
/// | `POST /slack/api/chat.update` | puts another text in the place of a bot's message |
/// | `POST /slack/services/…` | takes a webhook's message |
/// | `GET /slack/api/messages` | lists them for scripts: `{"messages":[{"ts","channel","thread_ts","message"}]}` |
/// | `GET /slack` | shows them to people |
final class SlackPages implements HttpHandler {

    private static final Pattern LINK = Pattern.compile("&lt;(https?://[^|&\"<>]+)\\|([^&]*)&gt;");
    private static final Pattern BOLD = Pattern.compile("(?<![\\w*])\\*([^*\n]+)\\*(?![\\w*])");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SlackFolder messages;
    private final InstantSource clock;

    SlackPages(SlackFolder messages, InstantSource clock) {
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var call = exchange.getRequestMethod() + " " + path;
            if (call.equals("POST /slack/api/chat.postMessage")) {
                answer(exchange, 200, "application/json", JSON.writeValueAsString(posted(body)));
            } else if (call.equals("POST /slack/api/chat.update")) {
                answer(exchange, 200, "application/json", JSON.writeValueAsString(updated(body)));
            } else if (call.startsWith("POST /slack/services/")) {
                messages.keep(body, clock.instant());
                answer(exchange, 200, "text/plain", "ok");
            } else if (call.equals("GET /slack/api/messages")) {
                answer(exchange, 200, "application/json", JSON.writeValueAsString(listed()));
            } else if (call.equals("GET /slack") || call.equals("GET /slack/")) {
                answer(exchange, 200, "text/html", page());
            } else {
                answer(exchange, 404, "text/plain", "no such page\n");
            }
        }
    }

    private Map<String, Object> posted(String body) {
        var kept = messages.keep(body, clock.instant());
        return Map.of("ok", true, "channel", read(body).path("channel").asString(""), "ts", kept.ts());
    }

    private Map<String, Object> updated(String body) {
        var ts = read(body).path("ts").asString("");
        return messages.change(ts, body)
                ? Map.of("ok", true, "channel", read(body).path("channel").asString(""), "ts", ts)
                : Map.of("ok", false, "error", "message_not_found");
    }

    private Map<String, Object> listed() {
        var all = new ArrayList<Map<String, Object>>();
        for (var message : messages.all()) {
            var json = read(message.json());
            var one = new LinkedHashMap<String, Object>();
            one.put("ts", message.ts());
            one.put("channel", json.path("channel").asString(""));
            one.put("thread_ts", json.path("thread_ts").asString(""));
            one.put("message", json);
            all.add(one);
        }
        return Map.of("messages", all);
    }

    private String page() {
        var rows = new StringBuilder();
        for (var message : messages.all()) {
            var json = read(message.json());
            var thread = json.path("thread_ts").asString("");
            rows.append("<li%s><small>%s</small><p>%s</p></li>"
                    .formatted(
                            thread.isEmpty() ? "" : " style=\"margin-left:2.5rem\"",
                            Html.escaped(json.path("channel").asString("a webhook"))
                                    + (thread.isEmpty() ? "" : ", in the thread"),
                            shown(String.join("\n", words(json)))));
        }
        return Html.page(
                "Slack messages that Muster sent",
                "<ul>%s</ul><p><a href=\"/\">Mail</a></p>".formatted(rows.isEmpty() ? "<li>None yet.</li>" : rows));
    }

    /// Slack's markup as far as Muster uses it: links and bold words. Slack wants `&`, `<` and `>` escaped, so they
    /// come escaped.
    private static String shown(String text) {
        var escaped = Html.escaped(text).replace("&amp;", "&");
        return BOLD.matcher(LINK.matcher(escaped).replaceAll("<a href=\"$1\">$2</a>"))
                .replaceAll("<b>$1</b>")
                .replace("\n", "<br>");
    }

    /// What a reader sees of a message: the texts of its blocks, else its plain text.
    private static List<String> words(JsonNode message) {
        var words = new ArrayList<String>();
        collect(message.path("blocks"), words);
        message.path("attachments").forEach(attachment -> collect(attachment.path("blocks"), words));
        if (words.isEmpty()) {
            words.add(message.path("text").asString(""));
        }
        return words;
    }

    private static void collect(JsonNode node, List<String> words) {
        if (node.isObject() && node.path("text").isString()) {
            words.add(node.path("text").asString());
        } else {
            node.forEach(child -> collect(child, words));
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException _) {
            return JSON.createObjectNode();
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", Html.POLICY);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

package dev.muster.local.caught;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// Shows the caught mail to people (`/`) and to scripts (`/api/v1/…`).
///
/// A mail's own HTML is shown sandboxed: it runs no script.
final class MailPages implements HttpHandler {

    private static final Pattern MESSAGE = Pattern.compile("/api/v1/message/([0-9a-z]+)(/raw|/headers)?");
    private static final Pattern VIEW = Pattern.compile("/view/([0-9a-z]+)\\.(txt|html)");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SNIPPET = 250;

    private record Answer(int status, String type, String body) {}

    private final MailFolder mails;

    MailPages(MailFolder mails) {
        this.mails = mails;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer =
                    answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type() + "; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", Html.POLICY);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answer(String method, String path) throws IOException {
        if (method.equals("DELETE") && path.equals("/api/v1/messages")) {
            mails.clear();
            return plain("ok");
        }
        if (!method.equals("GET")) {
            return new Answer(405, "text/plain", "only GET, and DELETE of /api/v1/messages\n");
        }
        return switch (path) {
            case "/livez", "/readyz" -> plain("ok");
            case "/" -> new Answer(200, "text/html", list());
            case "/api/v1/messages" -> json(messages());
            default -> one(path);
        };
    }

    private Answer one(String path) {
        var message = MESSAGE.matcher(path);
        if (message.matches()) {
            var asked = message.group(2);
            return mails.find(message.group(1))
                    .map(mail -> asked == null
                            ? json(whole(mail))
                            : asked.equals("/raw") ? plain(mail.source()) : json(mail.headers()))
                    .orElseGet(MailPages::missing);
        }
        var view = VIEW.matcher(path);
        if (view.matches()) {
            var plain = view.group(2).equals("txt");
            return mails.find(view.group(1))
                    .map(mail -> plain ? plain(mail.text()) : new Answer(200, "text/html", mail.html()))
                    .orElseGet(MailPages::missing);
        }
        return missing();
    }

    private Map<String, Object> messages() {
        var all = mails.all();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("total", all.size());
        answer.put("count", all.size());
        answer.put("messages_count", all.size());
        answer.put("start", 0);
        answer.put("messages", all.stream().map(MailPages::summary).toList());
        return answer;
    }

    private static Map<String, Object> summary(Mail mail) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("ID", mail.id());
        summary.put("MessageID", mail.messageId());
        summary.put("From", mail.from().stream().findFirst().orElse(new Mail.Mailbox("", "")));
        summary.put("To", mail.to());
        summary.put("Subject", mail.subject());
        summary.put("Created", mail.received().toString());
        summary.put("Size", mail.size());
        var text = mail.text().strip();
        summary.put("Snippet", text.substring(0, Math.min(SNIPPET, text.length())));
        return summary;
    }

    private static Map<String, Object> whole(Mail mail) {
        var whole = summary(mail);
        whole.put("Date", mail.received().toString());
        whole.put("Text", mail.text());
        whole.put("HTML", mail.html());
        whole.put("Attachments", List.of());
        return whole;
    }

    private String list() {
        var rows = new StringBuilder();
        for (var mail : mails.all()) {
            rows.append("""
                    <li><a href="/view/%1$s.html">%2$s</a> (<a href="/view/%1$s.txt">as text</a>,
                    <a href="/api/v1/message/%1$s/raw">source</a>)<br><small>%3$s · to %4$s</small></li>
                    """.formatted(
                            mail.id(), Html.escaped(mail.subject()), mail.received(), Html.escaped(recipients(mail))));
        }
        return Html.page(
                "Mail that Muster sent",
                "<ul>%s</ul><p><a href=\"/slack\">Slack messages</a></p>"
                        .formatted(rows.isEmpty() ? "<li>None yet.</li>" : rows));
    }

    private static String recipients(Mail mail) {
        return String.join(", ", mail.to().stream().map(Mail.Mailbox::Address).toList());
    }

    private static Answer json(Object value) {
        return new Answer(200, "application/json", JSON.writeValueAsString(value));
    }

    private static Answer plain(String text) {
        return new Answer(200, "text/plain", text);
    }

    private static Answer missing() {
        return new Answer(404, "text/plain", "no such mail or page\n");
    }
}

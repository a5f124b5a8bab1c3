package dev.muster.local.caught;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.local.parts.Ports;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class CatcherTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path folder;

    private final int smtp = Ports.anyFree();
    private final int pages = Ports.anyFree();

    @Test
    void showsWhatWasSentToScripts() throws Exception {
        try (var _ = start()) {
            send("payments regressed", "<b>one</b> & two");
            var list = new JsonMapper().readTree(get("/api/v1/messages").body());
            assertThat(list.path("total").asInt()).isEqualTo(1);
            var summary = list.path("messages").path(0);
            assertThat(summary.path("Subject").asString()).isEqualTo("payments regressed");
            assertThat(summary.path("To").path(0).path("Address").asString()).isEqualTo("team@acme.example");
            assertThat(summary.path("Created").asString()).isEqualTo("2026-11-23T12:00:00Z");

            var id = summary.path("ID").asString();
            var whole = new JsonMapper().readTree(get("/api/v1/message/" + id).body());
            assertThat(whole.path("Text").asString()).contains("plain words");
            assertThat(whole.path("HTML").asString()).contains("<b>one</b>");
            assertThat(get("/api/v1/message/latest/headers").body()).contains("X-Muster", "42");
            assertThat(get("/api/v1/message/" + id + "/raw").body()).contains("Subject: payments regressed");
            assertThat(get("/view/" + id + ".txt").body()).contains("plain words");
            assertThat(get("/view/latest.html").body()).contains("<b>one</b>");
        }
    }

    @Test
    void showsWhatWasSentToPeopleAndRunsNoScriptOfIt() throws Exception {
        try (var _ = start()) {
            send("<script>alert(1)</script>", "x");
            var page = get("/");
            assertThat(page.body()).contains("&lt;script&gt;").doesNotContain("<script>");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("sandbox");
        }
    }

    @Test
    void keepsTheMailOverARestartUntilItIsCleared() throws Exception {
        try (var _ = start()) {
            send("first", "x");
        }
        try (var _ = start()) {
            assertThat(get("/api/v1/messages").body()).contains("first");
            send("second", "x");
            assertThat(get("/api/v1/message/latest").body()).contains("second");
            delete();
        }
        try (var _ = start()) {
            assertThat(get("/api/v1/messages").body()).contains("\"total\":0");
        }
    }

    @Test
    void standsInForSlackAndKeepsTheMessagesOverARestart() throws Exception {
        try (var _ = start()) {
            var first = post("/slack/api/chat.postMessage", """
                    {"channel":"#payments","text":"plain","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"<i>regressed &lt;b&gt; *twice* <http://localhost/x|page>"}}]}""");
            var ts = new JsonMapper().readTree(first).path("ts").asString();
            assertThat(ts).isEqualTo("1795435200.000000");
            post("/slack/api/chat.postMessage", """
                    {"channel":"#payments","thread_ts":"%s","text":"recovered"}""".formatted(ts));
            assertThat(post("/slack/services/T0/B0/x", "{\"text\":\"by webhook\"}"))
                    .isEqualTo("ok");
        }
        try (var _ = start()) {
            var messages =
                    new JsonMapper().readTree(get("/slack/api/messages").body()).path("messages");
            assertThat(messages.size()).isEqualTo(3);
            assertThat(messages.path(1).path("thread_ts").asString()).isEqualTo("1795435200.000000");
            assertThat(get("/slack").body())
                    .contains(
                            "&lt;i&gt;regressed &lt;b&gt; <b>twice</b> <a href=\"http://localhost/x\">page</a>",
                            "recovered",
                            "in the thread",
                            "by webhook");
        }
    }

    @Test
    void changesAMessageOfABotInItsPlace() throws Exception {
        try (var _ = start()) {
            var ts = new JsonMapper()
                    .readTree(post("/slack/api/chat.postMessage", "{\"channel\":\"#payments\",\"text\":\"regressed\"}"))
                    .path("ts")
                    .asString();
            assertThat(post("/slack/api/chat.update", """
                    {"channel":"#payments","ts":"%s","text":"Recovered: regressed"}""".formatted(ts))).contains("\"ok\":true", ts);
            assertThat(post("/slack/api/chat.update", "{\"channel\":\"#payments\",\"ts\":\"1.2\",\"text\":\"x\"}"))
                    .contains("\"ok\":false", "message_not_found");
        }
        try (var _ = start()) {
            assertThat(new JsonMapper()
                            .readTree(get("/slack/api/messages").body())
                            .path("messages"))
                    .singleElement()
                    .satisfies(it -> assertThat(it.path("message").path("text").asString())
                            .isEqualTo("Recovered: regressed"));
        }
    }

    @Test
    void saysThatItIsAliveAndWhatItDoesNotKnow() throws Exception {
        try (var _ = start()) {
            assertThat(get("/livez").statusCode()).isEqualTo(200);
            assertThat(get("/api/v1/message/none").statusCode()).isEqualTo(404);
            assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
        }
    }

    private Catcher start() throws Exception {
        return Catcher.start(folder.resolve("mail"), folder.resolve("slack"), smtp, pages, () -> NOW);
    }

    private void send(String subject, String html) throws Exception {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(smtp));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("muster@acme.example"));
        message.setRecipient(RecipientType.TO, new InternetAddress("team@acme.example", "Team"));
        message.setSubject(subject);
        message.setHeader("X-Muster", "42");
        var text = new MimeBodyPart();
        text.setText("plain words", "utf-8");
        var rich = new MimeBodyPart();
        rich.setContent(html, "text/html; charset=utf-8");
        message.setContent(new MimeMultipart("alternative", text, rich));
        Transport.send(message);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return call(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pages + path)));
    }

    private String post(String path, String json) throws Exception {
        return call(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pages + path))
                        .POST(HttpRequest.BodyPublishers.ofString(json)))
                .body();
    }

    private void delete() throws Exception {
        call(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pages + "/api/v1/messages"))
                .DELETE());
    }

    private static HttpResponse<String> call(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}

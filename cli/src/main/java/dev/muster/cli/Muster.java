package dev.muster.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// A running Muster, over HTTP.
final class Muster {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// What it answered.
    ///
    /// @param body the JSON of it; a missing node when there is none
    record Answer(int status, JsonNode body) {

        boolean good() {
            return status >= 200 && status < 300;
        }
    }

    private final Settings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Muster(Settings settings) {
        this.settings = settings;
    }

    Settings settings() {
        return settings;
    }

    /// Reads from the portal.
    ///
    /// @throws Failure when it says no
    JsonNode read(String path) {
        return good(ask(path));
    }

    /// Reads from the portal what takes its time.
    ///
    /// @throws Failure when it says no
    JsonNode readPatiently(String path) {
        return good(
                send(authorised(settings.portal(), path).timeout(LONG_PATIENCE).GET()));
    }

    private static JsonNode good(Answer answer) {
        if (!answer.good()) {
            throw refusal(answer);
        }
        return answer.body();
    }

    /// Reads from the portal; any answer is fine.
    Answer ask(String path) {
        return send(authorised(settings.portal(), path).GET());
    }

    /// Declares something to the ingest service.
    Answer put(String path, String type, String body) {
        return send(
                authorised(settings.ingest(), path).header("Content-Type", type).PUT(BodyPublishers.ofString(body)));
    }

    /// Tells the ingest service something in our name, as a JSON object.
    Answer post(String path, Map<String, ?> members) {
        return send(authorised(settings.ingest(), path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(members))));
    }

    /// Asks the ingest service what a source definition makes of a delivery.
    ///
    /// @param told as `POST /v1/sources/{name}/preview` takes it
    Answer preview(String source, Map<String, ?> told) {
        return send(authorised(settings.ingest(), "/v1/sources/" + segment(source) + "/preview")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(told))));
    }

    /// Takes something back from the ingest service, saying something in a JSON object.
    Answer delete(String path, Map<String, String> members) {
        return send(authorised(settings.ingest(), path)
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(JSON.writeValueAsString(members))));
    }

    /// Reads from the notifier.
    ///
    /// @throws Failure when it says no
    JsonNode told(String path) {
        return good(send(authorised(settings.notifier(), path).GET()));
    }

    /// Asks the notifier to do something.
    ///
    /// @throws Failure when it says no
    JsonNode tell(String path) {
        return good(send(authorised(settings.notifier(), path).POST(BodyPublishers.noBody())));
    }

    /// Tells the notifier something in our name, as a JSON object.
    Answer tell(String path, Map<String, ?> members) {
        return send(authorised(settings.notifier(), path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(members))));
    }

    /// Takes something back from the notifier.
    ///
    /// @throws Failure when it says no
    JsonNode untell(String path) {
        return good(send(authorised(settings.notifier(), path).DELETE()));
    }

    /// Reads from the ingest service.
    ///
    /// @throws Failure when it says no
    JsonNode declared(String path) {
        return good(send(authorised(settings.ingest(), path).GET()));
    }

    /// Reads from the ingest service; any answer is fine.
    Answer askIngest(String path) {
        return send(authorised(settings.ingest(), path).GET());
    }

    /// Text as one piece of a path or a query.
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Posts to the portal what takes its time.
    Answer work(String path, String type, String body) {
        return send(authorised(settings.portal(), path)
                .timeout(LONG_PATIENCE)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
    }

    /// Posts to the ingest service as a tool would, without our token.
    Answer post(String path, Map<String, String> headers, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create(settings.ingest() + path))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request);
    }

    /// What a refusal says, for people.
    static Failure refusal(Answer answer) {
        var said = answer.body()
                .path("detail")
                .asString(answer.body().path("title").asString(""));
        var message = "Muster answered %d%s".formatted(answer.status(), said.isEmpty() ? "" : ": " + said);
        return switch (answer.status()) {
            case 401 ->
                Failure.refused(
                        message + "\nSet MUSTER_TOKEN, or MUSTER_DATA to the data folder of the muster up that runs.");
            case 429 -> Failure.unavailable(message);
            default -> answer.status() < 500 ? Failure.refused(message) : Failure.unavailable(message);
        };
    }

    private HttpRequest.Builder authorised(URI service, String path) {
        var request = HttpRequest.newBuilder(URI.create(service + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json, application/problem+json");
        settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private Answer send(HttpRequest.Builder builder) {
        var request = builder.build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()));
        } catch (IOException e) {
            var server =
                    "%s://%s".formatted(request.uri().getScheme(), request.uri().getAuthority());
            throw Failure.unavailable(
                    "Muster does not answer at %s (%s).%nIs it running? ./muster up starts it; MUSTER_URL tells where it is."
                            .formatted(
                                    server,
                                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("interrupted");
        }
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }
}

package dev.muster.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Sends one request to the first address that answers, in bounded rounds with growing, jittered waits.
///
/// An answer below 500 is an answer, whatever it says; 408, 429 and 5xx and a broken connection go on to the next
/// address. The address that answered last is asked first.
final class RegistryHttp implements AutoCloseable {

    /// What a registry may answer at most; schemas are small.
    private static final int MAX_ANSWER = 4 * 1024 * 1024;

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistrySettings settings;
    private final HttpClient client;
    private final AtomicInteger preferred = new AtomicInteger();

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(settings.connectTimeout());
        if (settings.tls() != null) {
            builder.sslContext(settings.tls().context());
        }
        this.client = builder.build();
    }

    /// @param status below 500
    /// @param body parsed, or missing when it is not JSON
    record Answer(int status, JsonNode body) {

        boolean isOk() {
            return status / 100 == 2;
        }

        /// What the registry said, shortened, for a message.
        String words() {
            var text = body.path("message").asText("");
            return status + (text.isBlank() ? "" : " \"" + shortened(text) + '"');
        }

        private static String shortened(String text) {
            var line = text.replaceAll("\\p{Cntrl}+", " ");
            return line.length() <= 500 ? line : line.substring(0, 500) + "…";
        }
    }

    Answer get(String path) {
        return ask(path, null, settings.retries());
    }

    Answer getOnce(String path) {
        return ask(path, null, 0);
    }

    Answer post(String path, Object body) {
        try {
            return ask(path, JSON.writeValueAsString(body), settings.retries());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request could not be written as JSON", e);
        }
    }

    private Answer ask(String path, @Nullable String body, int retries) {
        var urls = settings.urls();
        var trouble = "";
        Exception cause = null;
        for (int round = 0; round <= retries; round++) {
            waitBefore(round);
            for (int i = 0; i < urls.size(); i++) {
                var asked = preferred.get();
                var url = urls.get(Math.floorMod(asked, urls.size()));
                try {
                    var response = client.send(
                            request(url + path, body), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
                    if (isAnswer(response.statusCode())) {
                        return answered(response.statusCode(), response.body());
                    }
                    trouble = "it answered "
                            + answer(response.statusCode(), response.body()).words();
                    cause = null;
                } catch (IOException e) {
                    trouble = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                    cause = e;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SchemaRegistryException("Interrupted while asking the schema registry " + this, e);
                }
                preferred.compareAndSet(asked, asked + 1);
            }
        }
        throw unreachable(trouble, cause);
    }

    private SchemaRegistryException unreachable(String trouble, @Nullable Exception cause) {
        var message = "The schema registry " + this + " does not answer (" + trouble + "). Check that it runs and that "
                + RegistrySettings.URL + " is right.";
        return cause == null ? new SchemaRegistryException(message) : new SchemaRegistryException(message, cause);
    }

    private Answer answered(int status, byte[] body) {
        if (status == 401 || status == 403) {
            throw new SchemaRegistryException("The schema registry " + this + " does not let Muster in: it answered "
                    + answer(status, body).words()
                    + ". Check basic.auth.user.info or bearer.auth.token, and what that user may do.");
        }
        return answer(status, body);
    }

    private static Answer answer(int status, byte[] body) {
        try {
            var tree = JSON.readTree(body);
            return new Answer(status, tree == null ? MissingNode.getInstance() : tree);
        } catch (IOException _) {
            return new Answer(status, MissingNode.getInstance());
        }
    }

    private static boolean isAnswer(int status) {
        return status < 500 && status != 408 && status != 429;
    }

    private HttpRequest request(String url, @Nullable String body) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(settings.readTimeout())
                .header("Accept", MEDIA_TYPE + ", application/json;q=0.9");
        if (settings.authorization() != null) {
            request.header("Authorization", settings.authorization().value());
        }
        if (body == null) {
            return request.build();
        }
        return request.header("Content-Type", MEDIA_TYPE)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /// Doubles from round to round, up to the limit, and varies by half so that many clients do not return at once.
    private void waitBefore(int round) {
        if (round == 0) {
            return;
        }
        var full = Math.min(
                settings.retryWait().toMillis() << Math.min(round - 1, 20),
                settings.retryMaxWait().toMillis());
        var wait = Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchemaRegistryException("Interrupted while waiting for the schema registry " + this, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    @Override
    public String toString() {
        return String.join(",", settings.urls());
    }
}

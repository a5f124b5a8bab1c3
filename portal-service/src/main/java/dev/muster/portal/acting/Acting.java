package dev.muster.portal.acting;

import dev.muster.portal.PortalSettings;
import dev.muster.portal.acting.Answer.Away;
import dev.muster.portal.acting.Answer.Done;
import dev.muster.portal.acting.Answer.Refused;
import dev.muster.service.ActingSettings;
import dev.muster.service.ActsFor;
import dev.muster.service.Caller;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Asks another service for what a person wants, in their name and with their rights: who may do what is decided there.
///
/// **Promises.** An answer within `muster.portal.acting.within`, whatever the other one does, and never an exception.
/// **Does not promise.** That nothing was done when the answer is that nobody answered in time.
@Component
public class Acting {

    private static final Logger LOG = LoggerFactory.getLogger(Acting.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final ActingSettings settings;
    private final PortalSettings.Acting places;
    private final HttpClient http;

    Acting(ActingSettings settings, PortalSettings portal) {
        this.settings = settings;
        this.places = portal.acting();
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /// Who is asked.
    public enum Service {
        INGEST("The ingest-service"),
        NOTIFIER("The notifier-service");

        private final String words;

        Service(String words) {
            this.words = words;
        }
    }

    /// Reads.
    ///
    /// @param path with its parameters, encoded
    public Answer get(Service service, String path, Caller person) {
        return send(service, path, "GET", null, person);
    }

    /// Posts JSON.
    ///
    /// @param body null for none
    public Answer post(Service service, String path, @Nullable Object body, Caller person) {
        return send(service, path, "POST", body, person);
    }

    /// Puts JSON in place of what is there.
    public Answer put(Service service, String path, Object body, Caller person) {
        return send(service, path, "PUT", body, person);
    }

    /// Deletes.
    ///
    /// @param body null for none
    public Answer delete(Service service, String path, @Nullable Object body, Caller person) {
        return send(service, path, "DELETE", body, person);
    }

    private Answer send(Service service, String path, String method, @Nullable Object body, Caller person) {
        if (settings.token() == null) {
            return new Away("This portal only reads: who runs it has not given it muster.acting.token.");
        }
        var request = HttpRequest.newBuilder(address(service, path))
                .header("Authorization", "Bearer " + settings.token())
                .header(ActsFor.HEADER, ActsFor.write(person))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return answer(service, answer.get(places.within().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            answer.cancel(true);
            return away(
                    service,
                    "did not answer within " + places.within().toSeconds()
                            + " s. Look whether it was done before you try again.");
        } catch (ExecutionException e) {
            LOG.warn("{} {} cannot be asked: {}", method, request.uri(), String.valueOf(e.getCause()));
            return e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException
                    ? away(service, "is not there now, and nothing was changed. Try again in a minute.")
                    : away(service, "broke off. Look whether it was done before you try again.");
        } catch (InterruptedException _) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return away(service, "was not waited for, because the portal stops. Try again.");
        }
    }

    private URI address(Service service, String path) {
        var root = switch (service) {
            case INGEST -> places.ingest();
            case NOTIFIER -> places.notifier();
        };
        return URI.create(root.toString().replaceFirst("/$", "") + path);
    }

    private static Away away(Service service, String what) {
        return new Away(service.words + " " + what);
    }

    private static Answer answer(Service service, HttpResponse<byte[]> response) {
        var body = body(response.body());
        var status = response.statusCode();
        if (status / 100 == 2) {
            return new Done(body);
        }
        var detail = body.path("detail").asString(body.path("title").asString(""));
        if (status == 401) {
            LOG.warn("{} does not know muster.acting.token of this portal: both must have the same", service.words);
            return away(service, "does not know this portal. Who runs Muster has to give both the same token.");
        }
        if (status / 100 == 4) {
            return new Refused(detail.isEmpty() ? "It was refused (%d).".formatted(status) : detail, mistakes(body));
        }
        return status == 503
                ? away(service, "cannot do this now, and nothing was changed. Try again in a minute.")
                : away(service, "broke over it (%d). Its log says more.".formatted(status));
    }

    private static JsonNode body(byte[] bytes) {
        try {
            return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    private static Map<String, String> mistakes(JsonNode body) {
        var mistakes = new LinkedHashMap<String, String>();
        for (var error : body.path("errors")) {
            mistakes.merge(
                    error.path("path").asString(""),
                    error.path("message").asString(""),
                    (one, other) -> one + "; " + other);
        }
        return mistakes;
    }
}

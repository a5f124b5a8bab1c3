package dev.muster.ingest.webhook;

import dev.muster.ingest.body.Body;
import dev.muster.ingest.body.InFlightBytes;
import dev.muster.ingest.connection.Connection;
import dev.muster.ingest.connection.Connections;
import dev.muster.ingest.journal.Journal;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.ingest.settings.IngestSettings;
import dev.muster.ingest.source.DeliveryIdRule;
import dev.muster.ingest.source.SourceDefinition;
import dev.muster.schemas.v1.Delivery;
import dev.muster.service.BodyTooLargeException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /v1/webhooks/{connection}`: 202 once the delivery is durable, and never before.
///
/// Nothing is parsed here, neither before nor after the signature is checked. A connection that does not exist and a
/// proof
/// that is wrong get the same bytes after the same work. Our own trouble is always 503 with `Retry-After`.
@RestController
final class WebhookController {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookController.class);
    private static final int MAX_HEADER = 1_000;

    private final Connections connections;
    private final Journal journal;
    private final InstantSource clock;
    private final IngestSettings settings;
    private final InFlightBytes inFlight;
    private final Answers answers;
    private final DeliveryCounter counter;

    WebhookController(
            Connections connections,
            Journal journal,
            InstantSource clock,
            IngestSettings settings,
            Answers answers,
            MeterRegistry meters) {
        this.connections = connections;
        this.journal = journal;
        this.clock = clock;
        this.settings = settings;
        this.answers = answers;
        this.inFlight = new InFlightBytes((int) settings.inFlight().toBytes());
        this.counter = new DeliveryCounter(connections, meters, inFlight);
    }

    @PostMapping("/v1/webhooks/{name}")
    void receive(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var connection = connections.find(name).orElse(null);
        var limit = (int) settings.maxDelivery().toBytes();
        try (var reader = new Body.Reader(inFlight, clock, limit, settings.bodyWithin())) {
            var answer = switch (read(reader, request)) {
                case Body.Whole(var bytes) -> receive(connection, request, bytes, response);
                case Body.TooLarge _ -> answers.refuse(response, Answer.TOO_LARGE);
                case Body.TooSlow _ -> answers.refuse(response, Answer.TOO_SLOW);
                case Body.Overloaded _ -> answers.refuse(response, Answer.OVERLOADED);
            };
            counter.count(connection, answer);
        }
    }

    private static Body read(Body.Reader reader, HttpServletRequest request) throws IOException {
        try {
            return reader.read(request.getInputStream(), request.getContentLengthLong());
        } catch (BodyTooLargeException _) {
            return new Body.TooLarge();
        }
    }

    private Answer receive(
            @Nullable Connection connection, HttpServletRequest request, byte[] body, HttpServletResponse response)
            throws IOException {
        Function<String, List<String>> headers = name -> Collections.list(request.getHeaders(name));
        var verifier = connection == null ? connections.decoy() : connection.verifier();
        var genuine = verifier.isGenuine(headers, body);
        if (connection == null || !genuine) {
            return answers.refuse(response, Answer.UNAUTHENTICATED);
        }
        var type = mediaType(request.getContentType());
        if (!connection.source().contentTypes().contains(type)) {
            return answers.refuse(response, Answer.UNSUPPORTED_TYPE);
        }
        var delivery = delivery(connection, request, body);
        return switch (journal.append(delivery, connection.source().onError())) {
            case Journal.Outcome.Kept _ -> answers.accept(response, delivery.getId());
            case Journal.Outcome.NotKept(var why) -> {
                LOG.warn(
                        "delivery {} of {} is not journalled, its sender is told to come back: {}",
                        delivery.getId(),
                        connection.name(),
                        why);
                yield answers.refuse(response, Answer.NOT_JOURNALLED);
            }
        };
    }

    private Delivery delivery(Connection connection, HttpServletRequest request, byte[] body) {
        return Delivery.newBuilder()
                .setId(id(connection.source(), request, body))
                .setConnection(connection.name())
                .setSource(connection.source().name())
                .setReceivedAt(clock.instant())
                .setContentType(bounded(Objects.requireNonNullElse(request.getContentType(), "")))
                .setHeaders(kept(connection.source(), request))
                .setBody(ByteBuffer.wrap(body))
                .build();
    }

    /// The sender's id where it gives a sound one; else the same content has the same id.
    private static String id(SourceDefinition source, HttpServletRequest request, byte[] body) {
        var rule = source.deliveryId();
        var given = rule == null ? null : request.getHeader(rule.header());
        return given != null && DeliveryIdRule.isId(given)
                ? given
                : "sha256-" + CanonicalJson.sha256(body).substring(0, 32);
    }

    private static Map<String, String> kept(SourceDefinition source, HttpServletRequest request) {
        var kept = new TreeMap<String, String>();
        for (var name : source.keepHeaders()) {
            var value = request.getHeader(name);
            if (value != null) {
                kept.put(name, bounded(value));
            }
        }
        return kept;
    }

    private static String bounded(String text) {
        return text.length() > MAX_HEADER ? text.substring(0, MAX_HEADER) : text;
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        var end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}

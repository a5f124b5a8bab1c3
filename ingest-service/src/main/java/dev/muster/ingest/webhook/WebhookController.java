package dev.muster.ingest.webhook;

import dev.muster.ingest.body.Body;
import dev.muster.ingest.body.InFlightBytes;
import dev.muster.ingest.connection.Attempt;
import dev.muster.ingest.connection.Connection;
import dev.muster.ingest.connection.Connections;
import dev.muster.ingest.journal.Journal;
import dev.muster.ingest.settings.IngestSettings;
import dev.muster.ingest.source.DeliveryIds;
import dev.muster.ingest.source.SourceDefinition;
import dev.muster.ingest.watch.ConnectionWatch;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /v1/webhooks/{connection}` and, for senders that can only keep a secret in the address,
/// `POST /v1/webhooks/{connection}/{secret}`: 202 once the delivery is durable, and never before.
///
/// Nothing is parsed or unpacked before the proof is checked. A connection that does not exist and a proof
/// that is wrong get the same bytes after the same work. Our own trouble is always 503 with `Retry-After`.
@RestController
final class WebhookController {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookController.class);
    private static final int MAX_HEADER = 1_000;

    /// What a request takes beside its body: buffers of its connection, its thread, the record on its way to Kafka.
    /// Measured as about 160 KB; deliveries that are many and small fill the memory with these.
    private static final int BESIDE_THE_BODY = 256 * 1024;

    private final Connections connections;
    private final Journal journal;
    private final DeliveryIds ids;
    private final InstantSource clock;
    private final IngestSettings settings;
    private final InFlightBytes inFlight;
    private final Answers answers;
    private final DeliveryCounter counter;
    private final ConnectionWatch watch;

    WebhookController(
            Connections connections,
            Journal journal,
            DeliveryIds ids,
            InstantSource clock,
            IngestSettings settings,
            Answers answers,
            ConnectionWatch watch,
            MeterRegistry meters) {
        this.connections = connections;
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
        this.answers = answers;
        this.watch = watch;
        this.inFlight = new InFlightBytes((int) settings.inFlight().toBytes());
        this.counter = new DeliveryCounter(connections, meters, inFlight);
    }

    @PostMapping({WebhookPaths.CONNECTION, WebhookPaths.WITH_SECRET})
    void receive(
            @PathVariable String name,
            @PathVariable Optional<String> secret,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var connection = connections.find(name).orElse(null);
        var answer = withinMemory(connection, secret.orElse(""), request, response);
        counter.count(connection, answer);
        if (connection != null) {
            note(connection, answer);
        }
    }

    private Answer withinMemory(
            @Nullable Connection connection, String secret, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!inFlight.take(BESIDE_THE_BODY)) {
            return answers.refuse(response, Answer.OVERLOADED);
        }
        try (var reader = reader()) {
            var body = read(reader, request);
            return body instanceof Body.Whole(var bytes)
                    ? receive(connection, secret, request, bytes, response)
                    : answers.refuse(response, refusal(body));
        } finally {
            inFlight.giveBack(BESIDE_THE_BODY);
        }
    }

    private void note(Connection connection, Answer answer) {
        var fault = answer.fault();
        if (answer == Answer.ACCEPTED) {
            watch.accepted(connection.name());
        } else if (fault != null) {
            watch.rejected(connection.name(), fault);
        }
    }

    private Body.Reader reader() {
        return new Body.Reader(inFlight, clock, (int) settings.maxDelivery().toBytes(), settings.bodyWithin());
    }

    private static Answer refusal(Body body) {
        return switch (body) {
            case Body.Whole _ -> throw new IllegalArgumentException("nothing is wrong with it");
            case Body.TooLarge _ -> Answer.TOO_LARGE;
            case Body.TooSlow _ -> Answer.TOO_SLOW;
            case Body.Overloaded _ -> Answer.OVERLOADED;
        };
    }

    private static Body read(Body.Reader reader, HttpServletRequest request) throws IOException {
        try {
            return reader.read(request.getInputStream(), request.getContentLengthLong());
        } catch (BodyTooLargeException _) {
            return new Body.TooLarge();
        }
    }

    private Answer receive(
            @Nullable Connection connection,
            String secret,
            HttpServletRequest request,
            byte[] body,
            HttpServletResponse response)
            throws IOException {
        Function<String, List<String>> headers = name -> Collections.list(request.getHeaders(name));
        var verifier = connection == null ? connections.decoy() : connection.verifier();
        var genuine = verifier.isGenuine(new Attempt(headers, secret, body, clock.instant()));
        if (connection == null || !genuine) {
            return answers.refuse(response, Answer.UNAUTHENTICATED);
        }
        if (!connection.source().contentTypes().contains(mediaType(request.getContentType()))) {
            return answers.refuse(response, Answer.UNSUPPORTED_TYPE);
        }
        var packing = Packing.of(headers.apply("content-encoding"));
        if (packing == Packing.OTHER) {
            return answers.refuse(response, Answer.UNSUPPORTED_TYPE);
        }
        try (var reader = reader()) {
            var unpacked = packing.unpacked(reader, body);
            return unpacked instanceof Body.Whole(var bytes)
                    ? keep(connection, request, bytes, response)
                    : answers.refuse(response, refusal(unpacked));
        }
    }

    private Answer keep(Connection connection, HttpServletRequest request, byte[] body, HttpServletResponse response)
            throws IOException {
        var delivery = delivery(connection, request, body);
        return switch (journal.append(delivery, connection.source().onError())) {
            case Journal.Outcome.Kept _ ->
                answers.accept(response, connection.source().sender().acceptedStatus(), delivery.getId());
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
        var source = connection.source();
        var idHeader = source.sender().deliveryId().header();
        var contentType = bounded(Objects.requireNonNullElse(request.getContentType(), ""));
        var kept = kept(source, request);
        return Delivery.newBuilder()
                .setId(ids.of(source, idHeader == null ? null : request.getHeader(idHeader), contentType, kept, body))
                .setConnection(connection.name())
                .setSource(source.name())
                .setReceivedAt(clock.instant())
                .setContentType(contentType)
                .setHeaders(kept)
                .setBody(ByteBuffer.wrap(body))
                .build();
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

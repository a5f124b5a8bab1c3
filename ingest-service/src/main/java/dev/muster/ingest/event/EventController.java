package dev.muster.ingest.event;

import dev.muster.ingest.journal.Journal;
import dev.muster.ingest.request.DeclarationCounter;
import dev.muster.ingest.request.DeclarationRequests;
import dev.muster.ingest.source.OnError;
import dev.muster.ingest.source.Sources;
import dev.muster.schemas.v1.Delivery;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `POST /v1/events`: one CloudEvent 1.0, binary or structured; 202 once it is durable.
///
/// It becomes a delivery of the source that reads its type: `cdevents`, `aws-eventbridge`, else `cloudevents`. The same
/// event, told by its source and id, is the same delivery.
@RestController
final class EventController {

    /// What stands where a webhook has the name of its connection.
    static final String CONNECTION = "events";

    private static final Logger LOG = LoggerFactory.getLogger(EventController.class);
    private static final int MAX_HEADER = 1_000;

    private final DeclarationRequests requests;
    private final DeclarationCounter counter;
    private final Sources sources;
    private final Journal journal;
    private final InstantSource clock;
    private final EventReader reader;

    EventController(
            DeclarationRequests requests,
            DeclarationCounter counter,
            Sources sources,
            Journal journal,
            StrictJson json,
            InstantSource clock) {
        this.requests = requests;
        this.counter = counter;
        this.sources = sources;
        this.journal = journal;
        this.clock = clock;
        this.reader = new EventReader(json);
    }

    /// What became of a request.
    ///
    /// @param deliveryId correlation id of all that follows
    record Taken(String deliveryId) {}

    @PostMapping("/v1/events")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Taken post(HttpServletRequest request) throws IOException, UnreadableJsonException {
        var event = read(request);
        var id = event.deliveryId();
        var delivery = Delivery.newBuilder()
                .setId(id)
                .setConnection(CONNECTION)
                .setSource(event.reader())
                .setReceivedAt(clock.instant())
                .setContentType(bounded(Objects.requireNonNullElse(request.getContentType(), "application/json")))
                .setHeaders(headers(event, request))
                .setBody(ByteBuffer.wrap(event.body()))
                .build();
        return switch (journal.append(delivery, OnError.RETRIES)) {
            case Journal.Outcome.Kept _ -> {
                counter.count("event", "applied", 1);
                yield new Taken(id);
            }
            case Journal.Outcome.NotKept(var why) -> {
                LOG.warn("event {} is not journalled, its sender is told to come back: {}", id, why);
                throw Problem.of(ProblemType.UNAVAILABLE, "The event could not be kept")
                        .retryAfter(Duration.ofSeconds(5))
                        .asException();
            }
        };
    }

    private Event read(HttpServletRequest request) throws IOException, UnreadableJsonException {
        try {
            return reader.read(request.getContentType(), headers(request), requests.bytes(request));
        } catch (ProblemException | UnreadableJsonException refused) {
            counter.count("event", "refused", 1);
            throw refused;
        }
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        var headers = new TreeMap<String, List<String>>();
        Collections.list(request.getHeaderNames())
                .forEach(
                        name -> headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name))));
        return headers;
    }

    /// Its attributes as they are decoded, and what else the definition of its source keeps.
    private Map<String, String> headers(Event event, HttpServletRequest request) {
        var kept = new TreeMap<>(event.headers());
        sources.find(event.reader())
                .ifPresent(source -> source.keepHeaders().stream()
                        .filter(name -> !name.startsWith("ce-") && request.getHeader(name) != null)
                        .forEach(name -> kept.put(name, bounded(request.getHeader(name)))));
        return kept;
    }

    private static String bounded(String text) {
        return text.length() > MAX_HEADER ? text.substring(0, MAX_HEADER) : text;
    }
}

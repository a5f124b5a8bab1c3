package dev.muster.ingest.fact;

import dev.muster.engine.library.Framework;
import dev.muster.ingest.request.DeclarationCounter;
import dev.muster.ingest.request.DeclarationRequests;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import dev.muster.service.ReliableProducer;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `POST /v1/facts`: one fact or a list. All of them are right, or none is taken.
@RestController
final class FactController {

    static final String SOURCE = "api";

    private final Framework framework;
    private final DeclarationRequests requests;
    private final DeclarationCounter counter;
    private final StrictJson json;
    private final ReliableProducer producer;
    private final Topics topics;
    private final InstantSource clock;

    FactController(
            Framework framework,
            DeclarationRequests requests,
            DeclarationCounter counter,
            StrictJson json,
            ReliableProducer producer,
            Topics topics,
            InstantSource clock) {
        this.framework = framework;
        this.requests = requests;
        this.counter = counter;
        this.json = json;
        this.producer = producer;
        this.topics = topics;
        this.clock = clock;
    }

    /// What became of a request.
    ///
    /// @param deliveryId correlation id of all that follows
    /// @param facts how many were taken
    /// @param clamped how many had a time in the future, for which the time of receipt counts
    record Taken(String deliveryId, int facts, int clamped) {}

    private record Head(String subject, Origin origin) {}

    @PostMapping("/v1/facts")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Taken post(Principal caller, HttpServletRequest request) throws IOException, UnreadableJsonException {
        var now = clock.instant();
        var reader = new FactRequestReader(framework.facts(), now);
        reader.read(json.read(requests.json(request)));
        if (!reader.errors().isEmpty()) {
            counter.count("fact", "refused", 1);
            throw Problem.of(ProblemType.INVALID_CONTENT, null)
                    .withErrors(reader.errors())
                    .asException();
        }
        var requestId = UUID.randomUUID().toString();
        write(bySubject(reader.told(), caller.getName(), requestId, now), requestId);
        counter.count("fact", "applied", reader.told().size());
        var clamped = reader.told().stream()
                .filter(told -> told.change().getClamped())
                .count();
        return new Taken(requestId, reader.told().size(), (int) clamped);
    }

    private static List<FactsObserved> bySubject(List<ToldFact> told, String caller, String requestId, Instant now) {
        var changes = new LinkedHashMap<Head, List<FactChange>>();
        for (var one : told) {
            var origin = new Origin(SOURCE, caller, requestId, caller, one.url(), one.backfill());
            changes.computeIfAbsent(new Head(one.subject(), origin), _ -> new ArrayList<>())
                    .add(one.change());
        }
        var facts = new ArrayList<FactsObserved>();
        changes.forEach((head, all) -> facts.add(new FactsObserved(head.subject(), all, head.origin(), now, null)));
        return facts;
    }

    private void write(List<FactsObserved> facts, String requestId) {
        var sent = new ArrayList<CompletableFuture<?>>();
        for (var i = 0; i < facts.size(); i++) {
            var one = facts.get(i);
            var headers = CloudEventHeaders.of(
                    requestId + "/" + i,
                    "/muster/ingest/api",
                    "dev.muster.facts.observed.v1",
                    one.getReceivedAt(),
                    one.getSubject(),
                    requestId);
            sent.add(producer.send(topics.facts(), one.getSubject(), one, headers));
        }
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException failed) {
            throw unwrapped(failed);
        }
    }

    private static RuntimeException unwrapped(CompletionException failed) {
        return switch (failed.getCause()) {
            case RecordTooLargeException _ -> tooLarge();
            case RuntimeException cause -> cause;
            case null, default -> failed;
        };
    }

    private static ProblemException tooLarge() {
        return Problem.of(ProblemType.BODY_TOO_LARGE, "The facts of one subject do not fit into one record")
                .asException();
    }
}

package dev.muster.ingest.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Place;
import dev.muster.engine.library.Framework;
import dev.muster.ingest.connection.Connection;
import dev.muster.ingest.connection.Connections;
import dev.muster.ingest.request.DeclarationRequests;
import dev.muster.ingest.source.DeliveryIds;
import dev.muster.ingest.source.Mapper;
import dev.muster.ingest.source.MountedSource;
import dev.muster.ingest.source.SourceDefinition;
import dev.muster.ingest.source.SourceLibrary;
import dev.muster.ingest.source.SourceReader;
import dev.muster.schemas.v1.Delivery;
import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemType;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/v1/sources`: which definitions are in use, and what one, or a draft of one, makes of a captured
/// delivery. Nothing is journalled and nothing is told.
@RestController
final class SourceController {

    private static final String DRAFT = "draft.yaml";

    private final SourceLibrary library;
    private final Connections connections;
    private final Mapper mapper;
    private final DeliveryIds ids;
    private final SourceReader reader;
    private final DeclarationRequests requests;
    private final StrictJson json;
    private final InstantSource clock;

    SourceController(
            SourceLibrary library,
            Connections connections,
            Mapper mapper,
            DeliveryIds ids,
            Framework framework,
            DeclarationRequests requests,
            StrictJson json,
            InstantSource clock) {
        this.library = library;
        this.connections = connections;
        this.mapper = mapper;
        this.ids = ids;
        this.reader = new SourceReader(framework.facts());
        this.requests = requests;
        this.json = json;
        this.clock = clock;
    }

    /// A definition in short.
    ///
    /// @param file of the mounted folder; absent for what ships
    /// @param since when it came into use; absent for what ships
    /// @param connections names of those that use it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            String name,
            String title,
            @Nullable String file,
            @Nullable Instant since,
            List<String> connections) {}

    /// A file of the mounted folder whose newest text is not in use.
    ///
    /// @param inUse name of the definition that is in use in its place; absent when there is none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Refused(String file, @Nullable String inUse, List<ProblemError> errors) {}

    /// All definitions.
    record Listing(List<Line> sources, List<Refused> refused) {}

    @GetMapping("/v1/sources")
    Listing list() {
        var files = new HashMap<SourceDefinition, MountedSource>();
        library.mounted().stream().filter(file -> file.inUse() != null).forEach(file -> files.put(file.inUse(), file));
        var lines = library.all().stream()
                .map(source -> {
                    var file = files.get(source);
                    return new Line(
                            source.name(),
                            source.title(),
                            file == null ? null : file.file(),
                            file == null ? null : file.since(),
                            connections.all().stream()
                                    .filter(connection ->
                                            connection.source().name().equals(source.name()))
                                    .map(Connection::name)
                                    .toList());
                })
                .toList();
        var refused = library.mounted().stream()
                .filter(MountedSource::isRefused)
                .map(file -> new Refused(
                        file.file(),
                        file.inUse() == null ? null : file.inUse().name(),
                        DeclarationRequests.errors(file.mistakes())))
                .toList();
        return new Listing(lines, refused);
    }

    /// What the definition makes of a delivery.
    ///
    /// @return nothing in it but the name when only a draft was sent, and has no mistakes
    /// @throws dev.muster.service.ProblemException 404 or 422, with every mistake of the draft
    @PostMapping("/v1/sources/{name}/preview")
    Preview preview(@PathVariable String name, HttpServletRequest request) throws IOException, UnreadableJsonException {
        var wanted = PreviewRequest.of(json.read(requests.json(request)));
        var definition = definition(name, wanted.definition());
        var captured = wanted.delivery();
        var draft = wanted.definition() != null;
        return captured == null
                ? new Preview(name, draft, "", Map.of(), "", "", List.of(), List.of())
                : preview(definition, draft, captured);
    }

    private SourceDefinition definition(String name, @Nullable String draft) {
        if (draft == null) {
            return library.find(name)
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "No such source is in use")
                            .asException());
        }
        try {
            var definition = reader.read(DRAFT, draft);
            if (!definition.name().equals(name)) {
                var mistakes = new Mistakes();
                mistakes.add(new Place(DRAFT, 1, 1, "metadata.name"), "must be '" + name + "', as in the address");
                mistakes.throwIfAny();
            }
            return definition;
        } catch (DefinitionException wrong) {
            throw DeclarationRequests.refusal(wrong.mistakes());
        }
    }

    private Preview preview(SourceDefinition source, boolean draft, PreviewRequest.Captured captured) {
        var kept = new TreeMap<String, String>();
        for (var header : source.keepHeaders()) {
            var value = captured.headers().get(header);
            if (value != null) {
                kept.put(header, value);
            }
        }
        var idHeader = source.sender().deliveryId().header();
        var given = idHeader == null ? null : captured.headers().get(idHeader);
        var delivery = Delivery.newBuilder()
                .setId(ids.of(source, given, captured.contentType(), kept, captured.body()))
                .setConnection("preview")
                .setSource(source.name())
                .setReceivedAt(clock.instant())
                .setContentType(captured.contentType())
                .setHeaders(kept)
                .setBody(ByteBuffer.wrap(captured.body()))
                .build();
        var mapped = mapper.map(source, delivery);
        return new Preview(
                source.name(),
                draft,
                delivery.getId(),
                kept,
                mapped.event(),
                mapped.outcome(),
                Preview.facts(mapped.facts()),
                mapped.failures());
    }
}

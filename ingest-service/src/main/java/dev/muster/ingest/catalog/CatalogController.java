package dev.muster.ingest.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.engine.definition.DefinitionException;
import dev.muster.ingest.declared.Declarations;
import dev.muster.ingest.owner.Declaring;
import dev.muster.ingest.owner.Owned;
import dev.muster.ingest.request.DeclarationCounter;
import dev.muster.ingest.request.DeclarationRequests;
import dev.muster.schemas.v1.Entity;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/// `/v1/catalog`: what is scored, and who owns it.
///
/// A request adds and replaces; what it does not name stays. All of it is right and for the caller to declare, or
/// nothing of it is applied.
@RestController
final class CatalogController {

    private final Declarations<Entity> entities;
    private final DeclarationRequests requests;
    private final DeclarationCounter counter;
    private final InstantSource clock;

    CatalogController(
            Declarations<Entity> entities,
            DeclarationRequests requests,
            DeclarationCounter counter,
            InstantSource clock) {
        this.entities = entities;
        this.requests = requests;
        this.counter = counter;
        this.clock = clock;
    }

    /// What became of a request.
    ///
    /// @param warnings what is legal but odd, such as a circle of dependencies
    record Applied(
            List<String> applied,
            List<String> unchanged,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ProblemError> warnings,
            boolean dryRun) {}

    /// Applies descriptors.
    ///
    /// @param file name of the file, for mistakes
    @PutMapping("/v1/catalog")
    Applied put(
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(required = false) @Nullable String file,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request)
            throws IOException {
        List<Described> described;
        try {
            described = DescriptorReader.read(file, requests.yaml(file, request));
        } catch (DefinitionException wrong) {
            counter.count("entity", "refused", 1);
            throw DeclarationRequests.refusal(wrong.mistakes());
        }
        var answer = entities.change(current -> decide(current, described, caller, dryRun));
        if (!dryRun) {
            counter.count("entity", "applied", answer.applied().size());
            counter.count("entity", "unchanged", answer.unchanged().size());
        }
        return answer;
    }

    private Declarations.Decision<Entity, Applied> decide(
            Map<String, Entity> current, List<Described> described, Caller caller, boolean dryRun) {
        var relations = new Relations(current.values(), described);
        var mistakes = relations.mistakes();
        if (!mistakes.isEmpty()) {
            counter.count("entity", "refused", 1);
            throw DeclarationRequests.refusal(mistakes);
        }
        var requestId = UUID.randomUUID().toString();
        var now = clock.instant();
        var applied = new ArrayList<Entity>();
        var unchanged = new ArrayList<String>();
        var declaring = new Declaring(caller);
        for (var one : described) {
            var known = current.get(one.entity().getRef());
            if (known != null && known.getDigest().equals(one.entity().getDigest())) {
                unchanged.add(known.getRef());
            } else {
                declaring.declare(known == null ? null : Owned.of(known), Owned.of(one.entity()), one.place("owner"));
                applied.add(one.entity());
            }
        }
        check(declaring::check);
        var refs = applied.stream().map(Entity::getRef).toList();
        var claims = new OwnerClaims(current, applied);
        var writes = Stream.concat(
                        applied.stream().map(claims::completed),
                        claims.followers(refs).stream().filter(it -> !refs.contains(it.getRef())))
                .map(it -> new Declarations.Write<>(
                        it.getRef(),
                        Entity.newBuilder(it)
                                .setAppliedAt(now)
                                .setAppliedBy(caller.name())
                                .setDeliveryId(requestId)
                                .build()))
                .toList();
        var answer = new Applied(refs, unchanged, DeclarationRequests.errors(relations.warnings()), dryRun);
        return new Declarations.Decision<>(dryRun ? List.of() : writes, requestId, now, caller.name(), answer);
    }

    private void check(Runnable check) {
        try {
            check.run();
        } catch (ProblemException refused) {
            counter.count("entity", "refused", 1);
            throw refused;
        }
    }

    /// Takes an entity out of the catalogue.
    ///
    /// @param ref such as `component:default/payments`; its slash may be encoded
    @DeleteMapping("/v1/catalog/{*ref}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@AuthenticationPrincipal Caller caller, @PathVariable String ref) {
        var text = UriUtils.decode(ref.substring(1), StandardCharsets.UTF_8); // an encoded slash comes as it was sent
        var parsed = EntityRef.parse(text, "component", "default")
                .orElseThrow(
                        () -> Problem.of(ProblemType.MALFORMED_REQUEST, "A reference is written kind:namespace/name")
                                .asException());
        entities.change(current -> {
            var known = current.get(parsed.toString());
            if (known == null) {
                throw Problem.of(ProblemType.NOT_FOUND, "No such entity is in the catalogue")
                        .asException();
            }
            check(() -> new Declaring(caller).checkDelete(Owned.of(known)));
            return new Declarations.Decision<>(
                    List.of(new Declarations.Write<>(parsed.toString(), null)),
                    UUID.randomUUID().toString(),
                    clock.instant(),
                    caller.name(),
                    parsed);
        });
        counter.count("entity", "deleted", 1);
    }

    /// An entity in short.
    record Line(
            String ref,
            @Nullable String title,
            @Nullable String owner,
            @Nullable Integer tier,
            String digest) {}

    @GetMapping("/v1/catalog")
    Map<String, List<Line>> list() {
        var lines = entities.current().values().stream()
                .sorted(Comparator.comparing(Entity::getRef))
                .map(entity -> new Line(
                        entity.getRef(), entity.getTitle(), entity.getOwner(), entity.getTier(), entity.getDigest()))
                .toList();
        return Map.of("entities", lines);
    }
}

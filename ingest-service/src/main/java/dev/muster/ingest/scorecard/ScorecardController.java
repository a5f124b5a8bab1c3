package dev.muster.ingest.scorecard;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Place;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.definition.YamlReader;
import dev.muster.engine.library.Framework;
import dev.muster.engine.library.ScorecardReader;
import dev.muster.ingest.declared.Declarations;
import dev.muster.ingest.owner.Declaring;
import dev.muster.ingest.owner.Owned;
import dev.muster.ingest.request.DeclarationCounter;
import dev.muster.ingest.request.DeclarationRequests;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

/// `/v1/scorecards`: sets of rules. A changed one gets the next version; the same one keeps its own.
@RestController
final class ScorecardController {

    private final Declarations<Scorecard> scorecards;
    private final ScorecardReader reader;
    private final DeclarationRequests requests;
    private final DeclarationCounter counter;
    private final InstantSource clock;

    ScorecardController(
            Declarations<Scorecard> scorecards,
            Framework framework,
            DeclarationRequests requests,
            DeclarationCounter counter,
            InstantSource clock) {
        this.scorecards = scorecards;
        this.reader = new ScorecardReader(framework.facts(), framework.rules());
        this.requests = requests;
        this.counter = counter;
        this.clock = clock;
    }

    /// What became of a request.
    ///
    /// @param versions version of each scorecard named, after the request
    record Applied(List<String> applied, List<String> unchanged, Map<String, Integer> versions, boolean dryRun) {}

    /// Publishes scorecards.
    ///
    /// @param file name of the file, for mistakes
    @PutMapping("/v1/scorecards")
    Applied put(
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(required = false) @Nullable String file,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request)
            throws IOException {
        var text = requests.yaml(file, request);
        try {
            var documents = read(file, text);
            var answer = scorecards.change(current -> decide(current, documents, text, caller, dryRun));
            if (!dryRun) {
                counter.count("scorecard", "applied", answer.applied().size());
                counter.count("scorecard", "unchanged", answer.unchanged().size());
            }
            return answer;
        } catch (DefinitionException wrong) {
            counter.count("scorecard", "refused", 1);
            throw DeclarationRequests.refusal(wrong.mistakes());
        } catch (ProblemException refused) {
            counter.count("scorecard", "refused", 1);
            throw refused;
        }
    }

    /// A scorecard, and where its document begins.
    private record Read(ScorecardDefinition definition, Place place) {}

    private List<Read> read(@Nullable String file, String text) throws DefinitionException {
        var mistakes = new Mistakes();
        var definitions = new LinkedHashMap<String, Read>();
        for (var document : YamlReader.read(file, text)) {
            try {
                var definition = reader.read(document);
                if (definitions.put(definition.name(), new Read(definition, document.place())) != null) {
                    mistakes.add(document, "the scorecard '" + definition.name() + "' is there twice");
                }
            } catch (DefinitionException wrong) {
                mistakes.addAll(wrong.mistakes());
            }
        }
        if (definitions.isEmpty() && mistakes.isEmpty()) {
            mistakes.add(new Place(file, 1, 1, ""), "holds no scorecard");
        }
        mistakes.throwIfAny();
        return List.copyOf(definitions.values());
    }

    private Declarations.Decision<Scorecard, Applied> decide(
            Map<String, Scorecard> current, List<Read> documents, String text, Caller caller, boolean dryRun) {
        var requestId = UUID.randomUUID().toString();
        var now = clock.instant();
        var writes = new ArrayList<Declarations.Write<Scorecard>>();
        var unchanged = new ArrayList<String>();
        var versions = new LinkedHashMap<String, Integer>();
        var declaring = new Declaring(caller);
        for (var read : documents) {
            var made = PublishedScorecard.of(read.definition());
            var known = current.get(made.getName());
            if (known != null && known.getDigest().equals(made.getDigest())) {
                unchanged.add(made.getName());
                versions.put(made.getName(), known.getVersion());
                continue;
            }
            declaring.declare(known == null ? null : Owned.of(known), Owned.of(made), read.place());
            var next = Scorecard.newBuilder(made)
                    .setVersion(known == null ? 1 : known.getVersion() + 1)
                    .setText(text)
                    .setPublishedAt(now)
                    .setPublishedBy(caller.name())
                    .setDeliveryId(requestId)
                    .build();
            writes.add(new Declarations.Write<>(next.getName(), next));
            versions.put(next.getName(), next.getVersion());
        }
        declaring.check();
        var answer = new Applied(writes.stream().map(Declarations.Write::key).toList(), unchanged, versions, dryRun);
        return new Declarations.Decision<>(dryRun ? List.of() : writes, requestId, now, caller.name(), answer);
    }

    @DeleteMapping("/v1/scorecards/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@AuthenticationPrincipal Caller caller, @PathVariable String name) {
        scorecards.change(current -> {
            var known = current.get(name);
            if (known == null) {
                throw Problem.of(ProblemType.NOT_FOUND, "No such scorecard is published")
                        .asException();
            }
            checkDelete(known, caller);
            return new Declarations.Decision<>(
                    List.of(new Declarations.Write<>(name, null)),
                    UUID.randomUUID().toString(),
                    clock.instant(),
                    caller.name(),
                    name);
        });
        counter.count("scorecard", "deleted", 1);
    }

    private void checkDelete(Scorecard known, Caller caller) {
        try {
            new Declaring(caller).checkDelete(Owned.of(known));
        } catch (ProblemException refused) {
            counter.count("scorecard", "refused", 1);
            throw refused;
        }
    }

    /// A scorecard in short.
    record Line(String name, String title, int version, List<String> levels, int rules, boolean draft) {}

    @GetMapping("/v1/scorecards")
    Map<String, List<Line>> list() {
        var lines = scorecards.current().values().stream()
                .sorted(Comparator.comparing(Scorecard::getName))
                .map(scorecard -> new Line(
                        scorecard.getName(),
                        scorecard.getTitle(),
                        scorecard.getVersion(),
                        scorecard.getLevels(),
                        scorecard.getRules().size(),
                        scorecard.getDraft()))
                .toList();
        return Map.of("scorecards", lines);
    }
}

package dev.muster.ingest.initiative;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.InitiativeDefinition;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.library.Framework;
import dev.muster.engine.library.InitiativeReader;
import dev.muster.engine.library.InitiativeReader.Read;
import dev.muster.ingest.declared.Declarations;
import dev.muster.ingest.owner.Declaring;
import dev.muster.ingest.owner.Owned;
import dev.muster.ingest.request.DeclarationCounter;
import dev.muster.ingest.request.DeclarationRequests;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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

/// `/v1/initiatives`: what entities are to reach on a scorecard, and by when.
///
/// One that means no entity is refused. One that is the same as before is left as it is and not checked again, so that
/// a file stays good after its initiative is due.
@RestController
final class InitiativeController {

    private final Declarations<Initiative> initiatives;
    private final Declarations<Scorecard> scorecards;
    private final Declarations<Entity> entities;
    private final InitiativeReader reader;
    private final DeclarationRequests requests;
    private final DeclarationCounter counter;
    private final InstantSource clock;

    InitiativeController(
            Declarations<Initiative> initiatives,
            Declarations<Scorecard> scorecards,
            Declarations<Entity> entities,
            Framework framework,
            DeclarationRequests requests,
            DeclarationCounter counter,
            InstantSource clock) {
        this.initiatives = initiatives;
        this.scorecards = scorecards;
        this.entities = entities;
        this.reader = new InitiativeReader(framework.facts());
        this.requests = requests;
        this.counter = counter;
        this.clock = clock;
    }

    /// What became of a request.
    ///
    /// @param entities how many entities each initiative named means now
    record Applied(List<String> applied, List<String> unchanged, Map<String, Integer> entities, boolean dryRun) {}

    /// Declares initiatives.
    ///
    /// @param file name of the file, for mistakes
    @PutMapping("/v1/initiatives")
    Applied put(
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(required = false) @Nullable String file,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request)
            throws IOException {
        var text = requests.yaml(file, request);
        try {
            var documents = reader.read(file, text);
            var reach = new Reach(scorecards.current(), entities.current());
            var answer = initiatives.change(current -> decide(current, documents, reach, caller, dryRun));
            if (!dryRun) {
                counter.count("initiative", "applied", answer.applied().size());
                counter.count("initiative", "unchanged", answer.unchanged().size());
            }
            return answer;
        } catch (DefinitionException wrong) {
            counter.count("initiative", "refused", 1);
            throw DeclarationRequests.refusal(wrong.mistakes());
        } catch (ProblemException refused) {
            counter.count("initiative", "refused", 1);
            throw refused;
        }
    }

    private Declarations.Decision<Initiative, Applied> decide(
            Map<String, Initiative> current, List<Read> documents, Reach reach, Caller caller, boolean dryRun) {
        var requestId = UUID.randomUUID().toString();
        var now = clock.instant();
        var mistakes = new Mistakes();
        var writes = new ArrayList<Declarations.Write<Initiative>>();
        var unchanged = new ArrayList<String>();
        var sizes = new LinkedHashMap<String, Integer>();
        var declaring = new Declaring(caller);
        for (var read : documents) {
            var made = PublishedInitiative.of(read.definition());
            var known = current.get(made.getName());
            sizes.put(made.getName(), reach.size(read.definition()));
            if (known != null && known.getDigest().equals(made.getDigest())) {
                unchanged.add(made.getName());
                continue;
            }
            reach.check(read, mistakes);
            checkDue(read, known, now, mistakes);
            declaring.declare(
                    known == null ? null : Owned.of(known),
                    Owned.of(made),
                    read.document().place());
            var next = declared(read.definition(), made, known, now)
                    .setAppliedAt(now)
                    .setAppliedBy(caller.name())
                    .setDeliveryId(requestId)
                    .build();
            writes.add(new Declarations.Write<>(next.getName(), next));
        }
        if (!mistakes.isEmpty()) {
            throw DeclarationRequests.refusal(mistakes.found());
        }
        declaring.check();
        var answer = new Applied(writes.stream().map(Declarations.Write::key).toList(), unchanged, sizes, dryRun);
        return new Declarations.Decision<>(dryRun ? List.of() : writes, requestId, now, caller.name(), answer);
    }

    /// A due date may have passed only where it stays as it was: the rest of an initiative that is overdue can be
    /// changed.
    private static void checkDue(Read read, @Nullable Initiative known, Instant now, Mistakes mistakes) {
        var due = read.definition().due();
        if (!due.isAfter(now) && (known == null || !known.getDue().equals(due))) {
            mistakes.add(InitiativeReader.place(read, "due"), "is due in the past: it ended at " + due);
        }
    }

    /// One whose file does not say when it starts does so on the day on which its name was first declared.
    private static Initiative.Builder declared(
            InitiativeDefinition definition, Initiative made, @Nullable Initiative known, Instant now) {
        var first = known == null ? now : known.getDeclaredAt();
        var next = Initiative.newBuilder(made).setDeclaredAt(first);
        return definition.startsAt() == null ? next.setStartsAt(first.truncatedTo(ChronoUnit.DAYS)) : next;
    }

    @DeleteMapping("/v1/initiatives/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@AuthenticationPrincipal Caller caller, @PathVariable String name) {
        initiatives.change(current -> {
            var known = current.get(name);
            if (known == null) {
                throw Problem.of(ProblemType.NOT_FOUND, "No such initiative is declared")
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
        counter.count("initiative", "deleted", 1);
    }

    private void checkDelete(Initiative known, Caller caller) {
        try {
            new Declaring(caller).checkDelete(Owned.of(known));
        } catch (ProblemException refused) {
            counter.count("initiative", "refused", 1);
            throw refused;
        }
    }

    /// An initiative in short.
    ///
    /// @param level that is to be reached; null when rules are to be met
    record Line(
            String name,
            String title,
            String scorecard,
            @Nullable String level,
            List<String> rules,
            Instant startsAt,
            Instant due) {}

    @GetMapping("/v1/initiatives")
    Map<String, List<Line>> list() {
        var lines = initiatives.current().values().stream()
                .sorted(Comparator.comparing(Initiative::getName))
                .map(it -> new Line(
                        it.getName(),
                        it.getTitle(),
                        it.getScorecard(),
                        it.getLevel(),
                        it.getRules(),
                        it.getStartsAt(),
                        it.getDue()))
                .toList();
        return Map.of("initiatives", lines);
    }
}

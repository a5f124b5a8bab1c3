package dev.muster.ingest.waiver;

import dev.muster.ingest.catalog.EntityRef;
import dev.muster.ingest.request.DeclarationCounter;
import dev.muster.ingest.request.DeclarationRequests;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What attestations and exemptions share on their way in.
@Component
final class Requests {

    private static final String COMMENT = "comment";

    private final DeclarationRequests requests;
    private final DeclarationCounter counter;
    private final StrictJson json;
    private final InstantSource clock;

    Requests(DeclarationRequests requests, DeclarationCounter counter, StrictJson json, InstantSource clock) {
        this.requests = requests;
        this.counter = counter;
        this.json = json;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /// The members of the body.
    ///
    /// @param members all that there are
    Form form(HttpServletRequest request, Set<String> members) throws IOException, UnreadableJsonException {
        return new Form(json.read(requests.json(request)), members);
    }

    /// The member `comment` of a body that may be empty.
    ///
    /// @throws ProblemException 422
    Optional<String> comment(HttpServletRequest request) throws IOException, UnreadableJsonException {
        var bytes = requests.json(request);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        var form = new Form(json.read(bytes), Set.of(COMMENT));
        var comment = form.optional(COMMENT, Steps.MAX_COMMENT);
        form.check();
        return comment;
    }

    /// Does the work and counts what became of it.
    ///
    /// @param kind as [DeclarationCounter#count] takes it
    <T> T counted(String kind, Supplier<T> work) {
        try {
            var done = work.get();
            counter.count(kind, "applied", 1);
            return done;
        } catch (ProblemException refused) {
            counter.count(kind, "refused", 1);
            throw refused;
        }
    }

    /// Completes the reference by which somebody filters; null filters nothing.
    ///
    /// @throws ProblemException 400
    static @Nullable String ref(@Nullable String entity) {
        return entity == null
                ? null
                : EntityRef.parse(entity, "component", "default")
                        .orElseThrow(() -> Problem.of(
                                        ProblemType.MALFORMED_REQUEST,
                                        "'entity' is no reference such as component:default/payments")
                                .asException())
                        .toString();
    }

    static ProblemException forbidden(String why) {
        return Problem.of(ProblemType.FORBIDDEN, why).asException();
    }

    static ProblemException notFound(String what) {
        return Problem.of(ProblemType.NOT_FOUND, what).asException();
    }
}

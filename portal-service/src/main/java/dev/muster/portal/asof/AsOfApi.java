package dev.muster.portal.asof;

import dev.muster.portal.page.Ref;
import dev.muster.portal.recorded.Caller;
import dev.muster.portal.result.ResultView;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/entities/{ref}/scorecards/{name}?asOf=`: how an entity stood.
@RestController
@Tag(name = "Entities")
class AsOfApi {

    private final PastResults results;
    private final InstantSource clock;

    AsOfApi(PastResults results, InstantSource clock) {
        this.results = results;
        this.clock = clock;
    }

    @GetMapping(
            path = "/api/v1/entities/{scope}/{name}/scorecards/{scorecard}",
            params = "asOf",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary =
                    "The scorecard of an entity: every rule with its evidence, and the cause of the last change; now, or as of"
                            + " an instant of the past",
            description =
                    "With `asOf` it is made again of the facts, exemptions and attestations, the entity with its claims, and the"
                            + " version of the scorecard of that time, and compared with what was recorded then. With"
                            + " `explain` it says why each rule has its outcome: the facts, the expressions and the values of their parts.")
    @ApiResponse(
            responseCode = "200",
            description = "How the entity stands, or stood",
            content = @Content(schema = @Schema(anyOf = {ResultView.class, AsOfView.class})))
    @ApiResponse(responseCode = "400", description = "asOf is no instant, or has yet to come", content = @Content)
    @ApiResponse(
            responseCode = "401",
            description = "With asOf or explain: nobody signed in, and there is no token of a viewer",
            content = @Content)
    @ApiResponse(
            responseCode = "404",
            description =
                    "There is or was no such result, or nothing is recorded of that time; `recordedFrom` says from when on"
                            + " there is",
            content = @Content)
    @ApiResponse(
            responseCode = "429",
            description = "Others ask for results of the past, and that is enough at a time",
            content = @Content)
    @ApiResponse(
            responseCode = "503",
            description = "It took too long, or what is recorded cannot be read now",
            content = @Content)
    AsOfView result(
            @PathVariable String scope,
            @PathVariable String name,
            @PathVariable String scorecard,
            @Parameter(
                            description = "An instant of the past (RFC 3339); without it, now",
                            example = "2026-11-01T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    String asOf,
            @Parameter(description = "Whether to say why; alone, it is as of now") @RequestParam(defaultValue = "false")
                    boolean explain)
            throws IOException {
        return results.find(Ref.of(scope, name), scorecard, instant(asOf), explain, Caller.PATIENT);
    }

    @GetMapping(
            path = "/api/v1/entities/{scope}/{name}/scorecards/{scorecard}",
            params = {"explain", "!asOf"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(hidden = true)
    AsOfView explained(
            @PathVariable String scope,
            @PathVariable String name,
            @PathVariable String scorecard,
            @RequestParam boolean explain)
            throws IOException {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return results.find(Ref.of(scope, name), scorecard, now, explain, Caller.PATIENT);
    }

    /// A plus that nobody encoded arrives as a space.
    private Instant instant(@Nullable String text) {
        try {
            var asOf = OffsetDateTime.parse(String.valueOf(text).strip().replace(' ', '+'))
                    .toInstant()
                    .truncatedTo(ChronoUnit.MILLIS);
            if (asOf.isAfter(clock.instant())) {
                throw wrong("asOf has yet to come; now it is " + clock.instant().truncatedTo(ChronoUnit.SECONDS));
            }
            return asOf;
        } catch (DateTimeException _) {
            throw wrong("asOf must be an instant with its offset, such as 2026-11-01T00:00:00Z");
        }
    }

    private static RuntimeException wrong(String detail) {
        return Problem.of(ProblemType.MALFORMED_REQUEST, detail).asException();
    }
}

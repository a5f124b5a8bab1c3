package dev.muster.portal.backtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.definition.DurationText;
import dev.muster.portal.recorded.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/backtests`: a scorecard file in, what it would have done out. Publishes nothing and tells nobody.
@RestController
@Tag(name = "Backtests")
class BacktestApi {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int LARGEST = 4 * 1024 * 1024;

    private final Backtests backtests;

    BacktestApi(Backtests backtests) {
        this.backtests = backtests;
    }

    /// @param since how long ago changes begin to count, `1h` to `365d`
    /// @param file name of the file, for mistakes
    @PostMapping(
            path = "/api/v1/backtests",
            consumes = {"application/yaml", "text/yaml", MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_JSON_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "What a scorecard would have done to the recorded facts",
            description = "Which entities would have changed, when, and how many messages their owners would have got."
                    + " Drafts and rules that count from some day on are judged as if they counted already."
                    + " Entities and claims are those of the time, as far as they are recorded. It runs to its end"
                    + " when the caller goes away.")
    @ApiResponse(responseCode = "200", description = "What it would have done")
    @ApiResponse(
            responseCode = "422",
            description = "The scorecard has mistakes, or since is out of its bounds",
            content = @Content)
    @ApiResponse(responseCode = "429", description = "Another backtest runs", content = @Content)
    @ApiResponse(
            responseCode = "503",
            description = "It took too long, or the recorded facts cannot be read now",
            content = @Content)
    BacktestReport run(
            @RequestBody byte[] body,
            @RequestParam(defaultValue = "90d") String since,
            @RequestParam(required = false) @Nullable String file)
            throws IOException {
        if (body.length > LARGEST) {
            throw Problem.of(ProblemType.BODY_TOO_LARGE, "A scorecard may have %d bytes at most".formatted(LARGEST))
                    .asException();
        }
        return backtests.run(file, new String(body, UTF_8), span(since), Caller.PATIENT);
    }

    private static Duration span(String since) {
        return DurationText.parse(since)
                .filter(it -> it.compareTo(SHORTEST) >= 0 && it.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> Problem.of(
                                ProblemType.INVALID_CONTENT, "since must be a duration from 1h to 365d, such as 90d")
                        .asException());
    }
}

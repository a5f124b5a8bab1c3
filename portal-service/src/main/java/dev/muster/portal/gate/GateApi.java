package dev.muster.portal.gate;

import dev.muster.portal.page.Ref;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.Results;
import dev.muster.portal.result.RuleView;
import dev.muster.portal.scorecard.Scorecards;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/gate/{ref}/{scorecard}`: 200 when an entity has reached a level, 409 with what is in the way
/// when not, so that `curl --fail` stops a pipeline.
@RestController
@RequestMapping("/api/v1/gate")
@Tag(name = "Gate")
class GateApi {

    private final Results results;
    private final Scorecards scorecards;

    GateApi(Results results, Scorecards scorecards) {
        this.results = results;
        this.scorecards = scorecards;
    }

    /// @param level the wanted one; without it the lowest of the scorecard
    @GetMapping("/{scope}/{name}/{scorecard}")
    @Operation(summary = "Whether an entity has reached a level")
    @ApiResponse(responseCode = "200", description = "The level is reached")
    @ApiResponse(responseCode = "409", description = "The level is not reached; the rules in its way are listed")
    ResponseEntity<Verdict> gate(
            @PathVariable String scope,
            @PathVariable String name,
            @PathVariable String scorecard,
            @RequestParam(required = false) @Nullable String level) {
        var ref = Ref.of(scope, name);
        var levels = scorecards
                .find(scorecard)
                .orElseThrow(() -> Unknown.exception("scorecard"))
                .levels();
        var wanted = level == null ? levels.getFirst() : level;
        if (!levels.contains(wanted)) {
            throw Unknown.exception("level");
        }
        var result = results.find(ref, scorecard).orElseThrow(() -> Unknown.exception("result"));
        var verdict = Verdict.of(result, wanted, levels);
        return ResponseEntity.status(verdict.reached() ? HttpStatus.OK : HttpStatus.CONFLICT)
                .body(verdict);
    }

    /// The answer.
    ///
    /// @param wanted level that was asked for
    /// @param level that is reached; null when not even the lowest is
    /// @param rules in the way of the wanted level; what is unknown or stale is, too
    record Verdict(
            String entity,
            String scorecard,
            boolean reached,
            String wanted,
            @Nullable String level,
            int score,
            int coverage,
            List<RuleView> rules) {

        static Verdict of(ResultView result, String wanted, List<String> levels) {
            var reached = result.reaches(wanted, levels);
            return new Verdict(
                    result.entity(),
                    result.scorecard(),
                    reached,
                    wanted,
                    result.level(),
                    result.score(),
                    result.coverage(),
                    reached ? List.of() : result.inTheWayOf(wanted, levels));
        }
    }
}

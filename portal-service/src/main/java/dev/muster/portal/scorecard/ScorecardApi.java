package dev.muster.portal.scorecard;

import dev.muster.portal.page.AsOf;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.scorecard.Reports.Group;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/scorecards`: what is asked of entities, and how many answer.
@RestController
@RequestMapping("/api/v1/scorecards")
@Tag(name = "Scorecards")
class ScorecardApi {

    private final Scorecards scorecards;
    private final Reports reports;
    private final AsOf when;

    ScorecardApi(Scorecards scorecards, Reports reports, AsOf when) {
        this.scorecards = scorecards;
        this.reports = reports;
        this.when = when;
    }

    @GetMapping
    @Operation(summary = "All scorecards and how their entities stand")
    Items list(
            @Parameter(description = AsOf.MEANS, example = AsOf.DAY) @RequestParam(required = false) @Nullable
                    String asOf) {
        var then = reports.at(when.instant(asOf));
        return new Items(scorecards.all().stream()
                .map(each -> new Item(
                        each.name(),
                        each.title(),
                        each.version(),
                        each.draft(),
                        each.levels(),
                        each.rules().size(),
                        then.distribution(each)))
                .toList());
    }

    @GetMapping("/{name}")
    @Operation(summary = "One scorecard with its rules and how many pass them")
    Whole scorecard(
            @PathVariable String name,
            @Parameter(description = AsOf.MEANS, example = AsOf.DAY) @RequestParam(required = false) @Nullable
                    String asOf) {
        var then = reports.at(when.instant(asOf));
        var scorecard = find(name);
        return new Whole(scorecard, then.distribution(scorecard), then.outcomes(name));
    }

    @GetMapping("/{name}/report")
    @Operation(summary = "How groups of entities stand on a scorecard")
    Report report(
            @PathVariable String name,
            @RequestParam(defaultValue = "owner") GroupBy groupBy,
            @Parameter(description = AsOf.MEANS, example = AsOf.DAY) @RequestParam(required = false) @Nullable
                    String asOf) {
        var then = reports.at(when.instant(asOf));
        return new Report(name, groupBy, then.report(find(name), groupBy));
    }

    private ScorecardView find(String name) {
        return scorecards.find(name).orElseThrow(() -> Unknown.exception("scorecard"));
    }

    /// All scorecards.
    @Schema(name = "Scorecards")
    record Items(List<Item> items) {}

    /// A scorecard in a list.
    @Schema(name = "ScorecardItem")
    record Item(
            String name,
            String title,
            int version,
            boolean draft,
            List<String> levels,
            int rules,
            Distribution standing) {}

    /// A scorecard with everything that is known of it.
    ///
    /// @param outcomes rule to outcome to number of entities
    @Schema(name = "ScorecardWhole")
    record Whole(ScorecardView scorecard, Distribution standing, Map<String, Map<String, Integer>> outcomes) {}

    /// Groups of entities on one scorecard.
    @Schema(name = "ScorecardReport")
    record Report(String scorecard, GroupBy groupBy, List<Group> groups) {}
}

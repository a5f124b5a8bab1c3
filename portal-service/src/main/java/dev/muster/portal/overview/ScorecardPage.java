package dev.muster.portal.overview;

import dev.muster.portal.entity.Entities;
import dev.muster.portal.entity.EntityFilter;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.scorecard.Distribution;
import dev.muster.portal.scorecard.GroupBy;
import dev.muster.portal.scorecard.Reports;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.Scorecards;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// `/scorecards` and `/scorecards/{name}`.
@Controller
class ScorecardPage {

    private final Scorecards scorecards;
    private final Reports reports;
    private final Entities entities;

    ScorecardPage(Scorecards scorecards, Reports reports, Entities entities) {
        this.scorecards = scorecards;
        this.reports = reports;
        this.entities = entities;
    }

    @GetMapping("/scorecards")
    String list(Model model) {
        model.addAttribute(
                "cards",
                scorecards.all().stream()
                        .map(each -> new Card(each, reports.distribution(each)))
                        .toList());
        return "scorecards";
    }

    /// @param level only entities whose highest level it is
    /// @param groupBy what the report at the foot is grouped by
    @GetMapping("/scorecards/{name}")
    String page(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(defaultValue = "owner") GroupBy groupBy,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var scorecard = scorecards.find(name).orElseThrow(() -> Unknown.exception("scorecard"));
        var outcomes = reports.outcomes(name);
        var filter = new EntityFilter(null, null, null, null, null, null, null, null, name, level, "score");
        model.addAttribute("scorecard", scorecard);
        model.addAttribute("standing", reports.distribution(scorecard));
        model.addAttribute(
                "rules",
                scorecard.rules().stream()
                        .map(rule -> new RuleLine(rule, outcomes.getOrDefault(rule.id(), Map.of())))
                        .toList());
        model.addAttribute("level", level);
        model.addAttribute("groupBy", groupBy);
        model.addAttribute("groupings", GroupBy.values());
        model.addAttribute("report", reports.report(scorecard, groupBy));
        model.addAttribute("entities", entities.list(filter, Slice.USUAL, cursor));
        return "scorecard";
    }

    /// A scorecard in the list.
    record Card(ScorecardView scorecard, Distribution standing) {}

    /// A rule with how it goes.
    record RuleLine(ScorecardView.RuleDefinitionView rule, Map<String, Integer> outcomes) {

        /// How many of the decided pass, in percent; -1 when none is decided.
        public int passRate() {
            int passed = sum(List.of("PASS", "WARN"));
            int decided = passed + sum(List.of("FAIL", "ERROR"));
            return decided == 0 ? -1 : Math.round(100f * passed / decided);
        }

        public int sum(List<String> wanted) {
            return wanted.stream()
                    .mapToInt(outcome -> outcomes.getOrDefault(outcome, 0))
                    .sum();
        }

        public int passed() {
            return sum(List.of("PASS", "WARN"));
        }

        public int failed() {
            return sum(List.of("FAIL", "ERROR"));
        }

        public int undecided() {
            return sum(List.of("UNKNOWN", "STALE"));
        }

        public int asked() {
            return passed() + failed() + undecided();
        }

        /// Share of those asked, in thousandths.
        public int permille(int number) {
            return asked() == 0 ? 0 : Math.round(1000f * number / asked());
        }
    }
}

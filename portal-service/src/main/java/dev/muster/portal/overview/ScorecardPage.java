package dev.muster.portal.overview;

import dev.muster.portal.entity.Entities;
import dev.muster.portal.entity.EntityFilter;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.page.When;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.scorecard.Distribution;
import dev.muster.portal.scorecard.GroupBy;
import dev.muster.portal.scorecard.Reports;
import dev.muster.portal.scorecard.Reports.Group;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.Scorecards;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// `/scorecards` and `/scorecards/{name}`.
@Controller
class ScorecardPage {

    private final Scorecards scorecards;
    private final Reports reports;
    private final Entities entities;

    private final Lately<Asked, Counts> now = new Lately<>(Lately.MOMENT, it -> count(it, null));

    ScorecardPage(Scorecards scorecards, Reports reports, Entities entities) {
        this.scorecards = scorecards;
        this.reports = reports;
        this.entities = entities;
    }

    @GetMapping("/scorecards")
    String list(@ModelAttribute(name = "when", binding = false) When when, Model model) {
        var then = reports.at(when.at());
        model.addAttribute(
                "cards",
                scorecards.all().stream()
                        .map(each -> new Card(each, then.distribution(each)))
                        .toList());
        return "scorecards";
    }

    /// @param level only entities whose highest level it is
    /// @param sort how the entities are sorted; the lowest score first when nobody says
    /// @param groupBy what the report at the foot is grouped by
    @GetMapping("/scorecards/{name}")
    String page(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(defaultValue = "owner") GroupBy groupBy,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute(name = "when", binding = false) When when,
            Model model) {
        var scorecard = scorecards.find(name).orElseThrow(() -> Unknown.exception("scorecard"));
        var asked = new Asked(scorecard, groupBy);
        var counts = when.isPast() ? count(asked, when.at()) : now.get(asked);
        var filter = new EntityFilter(
                null, null, null, null, null, null, null, null, name, level, sort == null ? "score" : sort);
        model.addAttribute("readWithin", now.behind().toMillis());
        model.addAttribute("scorecard", scorecard);
        model.addAttribute("standing", counts.standing());
        model.addAttribute(
                "rules",
                scorecard.rules().stream()
                        .map(rule -> new RuleLine(rule, counts.outcomes().getOrDefault(rule.id(), Map.of())))
                        .toList());
        model.addAttribute("level", level);
        model.addAttribute("sort", filter.order());
        model.addAttribute("groupBy", groupBy);
        model.addAttribute("groupings", GroupBy.values());
        model.addAttribute("report", counts.report());
        model.addAttribute("entities", entities.at(when.at()).list(filter, Slice.USUAL, cursor));
        return "scorecard";
    }

    private Counts count(Asked asked, @Nullable Instant at) {
        var then = reports.at(at);
        var scorecard = asked.scorecard();
        return new Counts(
                then.distribution(scorecard), then.outcomes(scorecard.name()), then.report(scorecard, asked.groupBy()));
    }

    private record Asked(ScorecardView scorecard, GroupBy groupBy) {}

    /// What is counted over all results of a scorecard.
    ///
    /// @param outcomes rule to outcome to number of entities
    private record Counts(Distribution standing, Map<String, Map<String, Integer>> outcomes, List<Group> report) {}

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

package dev.muster.portal.overview;

import dev.muster.portal.entity.Entities;
import dev.muster.portal.entity.EntityFilter;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.scorecard.Distribution;
import dev.muster.portal.scorecard.Reports;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.portal.subject.Subjects;
import dev.muster.portal.transition.TransitionFilter;
import dev.muster.portal.transition.Transitions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// `/`: how ready everything is, what needs care, and what happened last.
@Controller
class OverviewPage {

    private static final int ACTIVITY = 10;

    private final Scorecards scorecards;
    private final Reports reports;
    private final Entities entities;
    private final Transitions transitions;
    private final Subjects subjects;
    private final InstantSource clock;

    OverviewPage(
            Scorecards scorecards,
            Reports reports,
            Entities entities,
            Transitions transitions,
            Subjects subjects,
            InstantSource clock) {
        this.scorecards = scorecards;
        this.reports = reports;
        this.entities = entities;
        this.transitions = transitions;
        this.subjects = subjects;
        this.clock = clock;
    }

    @GetMapping("/")
    String page(EntityFilter filter, @RequestParam(required = false) @Nullable String cursor, Model model) {
        var all = scorecards.all();
        var sorted = filter.sort() == null ? filter.sortedBy("score") : filter;
        model.addAttribute(
                "cards",
                all.stream()
                        .map(each -> new Card(each, reports.distribution(each)))
                        .toList());
        model.addAttribute("filter", sorted);
        model.addAttribute("filtered", filter.narrows());
        model.addAttribute("entities", entities.scorable(sorted, Slice.USUAL, cursor));
        model.addAttribute("entityCount", entities.countScorable());
        model.addAttribute(
                "regressions",
                transitions.count(
                        TransitionFilter.ofKind("REGRESSED", clock.instant().minus(Duration.ofDays(1)))));
        model.addAttribute("unclaimed", subjects.countUnclaimed());
        model.addAttribute(
                "levels",
                all.stream()
                        .map(ScorecardView::levels)
                        .flatMap(List::stream)
                        .distinct()
                        .toList());
        model.addAttribute("activity", transitions.list(TransitionFilter.ALL, ACTIVITY, null));
        return "overview";
    }

    /// A scorecard and how its entities stand.
    record Card(ScorecardView scorecard, Distribution standing) {}
}

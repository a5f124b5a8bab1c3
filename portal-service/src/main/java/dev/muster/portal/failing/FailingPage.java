package dev.muster.portal.failing;

import dev.muster.portal.page.When;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.Scorecards;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/// `/failing`: every rule that fails, with its evidence, its cause and what to do.
@Controller
class FailingPage {

    private final Failing failing;
    private final Scorecards scorecards;

    FailingPage(Failing failing, Scorecards scorecards) {
        this.failing = failing;
        this.scorecards = scorecards;
    }

    @GetMapping("/failing")
    String page(
            FailingFilter filter,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute(name = "when", binding = false) When when,
            Model model) {
        var then = failing.at(when.at());
        var all = scorecards.all();
        model.addAttribute("filter", filter);
        model.addAttribute("scorecards", all);
        model.addAttribute("sort", Failing.sort(filter));
        model.addAttribute("dimensions", dimensions(all));
        model.addAttribute(
                "levels",
                all.stream().flatMap(it -> it.levels().stream()).distinct().toList());
        model.addAttribute("total", then.count(filter));
        model.addAttribute("rules", then.list(filter, Slice.USUAL, cursor));
        return "failing";
    }

    private static List<String> dimensions(List<ScorecardView> scorecards) {
        return scorecards.stream()
                .flatMap(it -> it.rules().stream())
                .map(ScorecardView.RuleDefinitionView::dimension)
                .filter(Objects::nonNull)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}

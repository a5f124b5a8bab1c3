package dev.muster.portal.transition;

import dev.muster.portal.paging.Slice;
import dev.muster.portal.scorecard.Scorecards;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// `/activity`: one line a transition.
@Controller
class ActivityPage {

    private final Transitions transitions;
    private final Scorecards scorecards;

    ActivityPage(Transitions transitions, Scorecards scorecards) {
        this.transitions = transitions;
        this.scorecards = scorecards;
    }

    @GetMapping("/activity")
    String page(
            TransitionFilter filter,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var order = Transitions.sort(sort);
        model.addAttribute("sort", order);
        model.addAttribute("filter", filter);
        model.addAttribute("scorecards", scorecards.all());
        model.addAttribute("paged", cursor != null);
        model.addAttribute("activity", transitions.list(filter, order, Slice.USUAL, cursor));
        return "activity";
    }
}

package dev.muster.portal.transition;

import dev.muster.portal.paging.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// `/activity`: one line a transition.
@Controller
class ActivityPage {

    private final Transitions transitions;

    ActivityPage(Transitions transitions) {
        this.transitions = transitions;
    }

    @GetMapping("/activity")
    String page(TransitionFilter filter, @RequestParam(required = false) @Nullable String cursor, Model model) {
        model.addAttribute("filter", filter);
        model.addAttribute("paged", cursor != null);
        model.addAttribute("activity", transitions.list(filter, Slice.USUAL, cursor));
        return "activity";
    }
}

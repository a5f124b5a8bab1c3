package dev.muster.portal.initiative;

import dev.muster.portal.page.When;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.scorecard.Scorecards;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// `/initiatives` and `/initiatives/{name}`: what is to be reached by when, how far it is, and who has what to do.
@Controller
class InitiativePage {

    private final InitiativeReports reports;
    private final Scorecards scorecards;

    InitiativePage(InitiativeReports reports, Scorecards scorecards) {
        this.reports = reports;
        this.scorecards = scorecards;
    }

    @GetMapping("/initiatives")
    String list(
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute(name = "when", binding = false) When when,
            Model model) {
        var order = InitiativeReports.sort(sort);
        model.addAttribute("sort", order);
        model.addAttribute("initiatives", reports.at(when.at()).list(order, Slice.USUAL, cursor));
        return "initiatives";
    }

    /// @param show `open` (usual), `done` or `all`
    @GetMapping("/initiatives/{name}")
    String page(
            @PathVariable String name,
            @RequestParam(defaultValue = "open") String show,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute(name = "when", binding = false) When when,
            Model model) {
        var then = reports.at(when.at());
        var done = show.equals("all") ? null : Boolean.valueOf(show.equals("done"));
        var whole = then.whole(name, done, owner, Slice.USUAL, cursor);
        model.addAttribute("whole", whole);
        model.addAttribute("show", show);
        model.addAttribute("owner", owner);
        model.addAttribute("levels", scorecards.levels(whole.initiative().scorecard()));
        model.addAttribute("rows", BurnUpRow.of(then.burnUp(name)));
        return "initiative";
    }
}

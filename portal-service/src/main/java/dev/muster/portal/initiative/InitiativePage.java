package dev.muster.portal.initiative;

import dev.muster.portal.scorecard.Scorecards;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// `/initiatives` and `/initiatives/{name}`: what is to be reached by when, how far it is, and who has what to do.
@Controller
class InitiativePage {

    private final InitiativeApi initiatives;
    private final Scorecards scorecards;

    InitiativePage(InitiativeApi initiatives, Scorecards scorecards) {
        this.initiatives = initiatives;
        this.scorecards = scorecards;
    }

    @GetMapping("/initiatives")
    String list(@RequestParam(required = false) @Nullable String cursor, Model model) {
        model.addAttribute("initiatives", initiatives.list(null, cursor));
        return "initiatives";
    }

    /// @param show `open` (usual), `done` or `all`
    @GetMapping("/initiatives/{name}")
    String page(
            @PathVariable String name,
            @RequestParam(defaultValue = "open") String show,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var done = show.equals("all") ? null : Boolean.valueOf(show.equals("done"));
        var whole = initiatives.initiative(name, done, owner, null, cursor);
        model.addAttribute("whole", whole);
        model.addAttribute("show", show);
        model.addAttribute("owner", owner);
        model.addAttribute("levels", scorecards.levels(whole.initiative().scorecard()));
        model.addAttribute("rows", BurnUpRow.of(initiatives.burnUp(name)));
        return "initiative";
    }
}

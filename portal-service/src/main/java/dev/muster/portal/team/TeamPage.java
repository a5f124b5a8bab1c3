package dev.muster.portal.team;

import dev.muster.portal.entity.EntityFilter;
import dev.muster.portal.page.Ref;
import dev.muster.portal.page.When;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.portal.transition.TransitionFilter;
import dev.muster.portal.transition.Transitions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// `/teams/{ref}`.
@Controller
class TeamPage {

    private static final int ENTITIES = 50;
    private static final int ACTIVITY = 8;

    private final TeamApi teams;
    private final Transitions transitions;
    private final Scorecards scorecards;

    TeamPage(TeamApi teams, Transitions transitions, Scorecards scorecards) {
        this.teams = teams;
        this.transitions = transitions;
        this.scorecards = scorecards;
    }

    @GetMapping("/teams/{scope}/{name}")
    String page(
            @PathVariable String scope,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute(name = "when", binding = false) When when,
            Model model) {
        var ref = Ref.of(scope, name);
        var owned = EntityFilter.ownedBy(ref).sortedBy(sort);
        model.addAttribute("sort", owned.order());
        model.addAttribute("team", teams.team(ref, owned, when.at(), ENTITIES, cursor));
        model.addAttribute("failing", when.to("/failing").with("owner", ref));
        model.addAttribute(
                "levels",
                scorecards.all().stream()
                        .flatMap(each -> each.levels().stream())
                        .distinct()
                        .toList());
        model.addAttribute(
                "activity", transitions.list(TransitionFilter.ofOwner(ref).upTo(when.at()), ACTIVITY, null));
        return "team";
    }
}

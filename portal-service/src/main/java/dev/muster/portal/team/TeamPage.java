package dev.muster.portal.team;

import dev.muster.portal.page.Ref;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.portal.transition.TransitionFilter;
import dev.muster.portal.transition.Transitions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
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
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var ref = Ref.of(scope, name);
        model.addAttribute("team", teams.team(ref, ENTITIES, cursor));
        model.addAttribute(
                "levels",
                scorecards.all().stream()
                        .flatMap(each -> each.levels().stream())
                        .distinct()
                        .toList());
        model.addAttribute("activity", transitions.list(TransitionFilter.ofOwner(ref), ACTIVITY, null));
        return "team";
    }
}

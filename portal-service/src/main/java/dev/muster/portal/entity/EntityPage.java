package dev.muster.portal.entity;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.muster.portal.page.Ref;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.page.When;
import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.Results;
import dev.muster.portal.result.RuleView;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.portal.transition.TransitionFilter;
import dev.muster.portal.transition.Transitions;
import dev.muster.portal.waiver.May;
import dev.muster.service.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// `/entities/{ref}`: one entity on one of its scorecards.
@Controller
class EntityPage {

    private static final int HISTORY = 15;
    private static final String NO_DIMENSION = "other";

    private final Entities entities;
    private final Results results;
    private final Scorecards scorecards;
    private final Transitions transitions;
    private final EntityTrail trail;

    EntityPage(Entities entities, Results results, Scorecards scorecards, Transitions transitions, EntityTrail trail) {
        this.entities = entities;
        this.results = results;
        this.scorecards = scorecards;
        this.transitions = transitions;
        this.trail = trail;
    }

    /// @param scorecard which one is shown; the first without it
    /// @param when an instant of the past to compare with, or now
    /// @param group `level` (usual) or `dimension`
    @GetMapping("/entities/{scope}/{name}")
    String page(
            @PathVariable String scope,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String scorecard,
            @RequestParam(defaultValue = "level") String group,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal @Nullable Caller caller,
            @ModelAttribute(name = "when", binding = false) When when,
            Model model) {
        var ref = Ref.of(scope, name);
        var entity = entities.find(ref).orElseThrow(() -> Unknown.exception("entity"));
        var all = results.of(ref);
        var shown = shown(all, scorecard);
        model.addAttribute("entity", entity);
        model.addAttribute("may", new May(caller));
        model.addAttribute("owners", entity.kind().equalsIgnoreCase("group") ? ref : entity.owner());
        model.addAttribute("titles", titles(all));
        model.addAttribute("results", all);
        model.addAttribute("result", shown.orElse(null));
        model.addAttribute("byDimension", group.equals("dimension"));
        model.addAttribute("scorecardsExist", !scorecards.all().isEmpty());
        trail.describe(entity, shown.orElse(null), when, model);
        var at = when.at();
        if (shown.isEmpty() && at != null) {
            model.addAttribute("ended", results.at(at).of(ref));
        }
        shown.ifPresent(result -> {
            var definition = scorecards.find(result.scorecard());
            var levels = definition.map(ScorecardView::levels).orElseGet(() -> levelsOf(result));
            model.addAttribute("definition", definition.orElse(null));
            model.addAttribute("levels", levels);
            model.addAttribute("ladder", ladder(result, levels));
            model.addAttribute("next", result.nextLevel(levels).orElse(null));
            model.addAttribute(
                    "missing",
                    result.nextLevel(levels)
                            .map(next -> result.inTheWayOf(next, levels))
                            .orElse(List.of()));
            model.addAttribute("groups", groups(result, levels, group.equals("dimension")));
        });
        model.addAttribute(
                "history",
                transitions.list(
                        TransitionFilter.ofEntity(
                                ref, shown.map(ResultView::scorecard).orElse(null)),
                        HISTORY,
                        cursor));
        return "entity";
    }

    private static Optional<ResultView> shown(List<ResultView> all, @Nullable String scorecard) {
        return all.stream()
                .filter(result -> scorecard == null || result.scorecard().equals(scorecard))
                .findFirst();
    }

    private Map<String, String> titles(List<ResultView> all) {
        var titles = new LinkedHashMap<String, String>();
        all.forEach(result -> titles.put(result.scorecard(), result.scorecard()));
        scorecards.all().forEach(each -> titles.replace(each.name(), each.title()));
        return titles;
    }

    /// Levels in the order in which rules name them, while the scorecard itself is not there yet.
    private static List<String> levelsOf(ResultView result) {
        return result.rules().stream().map(RuleView::level).distinct().toList();
    }

    private static List<Rung> ladder(ResultView result, List<String> levels) {
        var next = result.nextLevel(levels).orElse(null);
        return levels.stream()
                .map(level -> {
                    var rules = result.rules().stream()
                            .filter(rule -> rule.level().equals(level))
                            .toList();
                    long blocked = rules.stream().filter(RuleView::blocks).count();
                    return new Rung(
                            level, result.reaches(level, levels), level.equals(next), rules.size(), (int) blocked);
                })
                .toList();
    }

    private static Map<String, List<RuleView>> groups(ResultView result, List<String> levels, boolean byDimension) {
        if (byDimension) {
            return result.rules().stream()
                    .collect(groupingBy(
                            rule -> rule.dimension() == null ? NO_DIMENSION : rule.dimension(),
                            LinkedHashMap::new,
                            toList()));
        }
        var groups = new LinkedHashMap<String, List<RuleView>>();
        levels.forEach(level -> groups.put(level, new ArrayList<>()));
        result.rules()
                .forEach(rule -> groups.computeIfAbsent(rule.level(), _ -> new ArrayList<>())
                        .add(rule));
        groups.values().removeIf(List::isEmpty);
        return groups;
    }

    /// A step of the ladder of levels.
    ///
    /// @param next whether it is the lowest that is not reached
    /// @param rules how many rules need it
    /// @param blocked how many of those stand in the way
    record Rung(String level, boolean reached, boolean next, int rules, int blocked) {}
}

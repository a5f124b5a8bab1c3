package dev.muster.portal.entity;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.muster.portal.entity.EntityTrail.Explained;
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
import java.util.stream.Stream;
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
    /// @param when an instant of the past as of which results, causes, history and waivers are; the rest is of now
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
        var all = results.at(when.at()).of(ref);
        var shown = shown(all, scorecard).map(it -> trail.explain(it, when.at()));
        var result = shown.map(Explained::result).orElse(null);
        model.addAttribute("entity", entity);
        // What is done is done to how it stands now.
        model.addAttribute("may", new May(when.isPast() ? null : caller));
        model.addAttribute("owners", entity.kind().equalsIgnoreCase("group") ? ref : entity.owner());
        model.addAttribute("titles", titles(all));
        model.addAttribute("results", all);
        model.addAttribute("result", result);
        model.addAttribute("byDimension", group.equals("dimension"));
        model.addAttribute("scorecardsExist", !scorecards.all().isEmpty());
        trail.describe(entity, result, when, model);
        shown.ifPresent(it -> describe(it, group.equals("dimension"), model));
        if (result != null && when.isPast()) {
            compare(result, model);
        }
        model.addAttribute(
                "history",
                transitions.list(
                        TransitionFilter.ofEntity(ref, result == null ? null : result.scorecard())
                                .upTo(when.at()),
                        HISTORY,
                        cursor));
        return "entity";
    }

    private void describe(Explained shown, boolean byDimension, Model model) {
        var result = shown.result();
        var definition = scorecards.find(result.scorecard()).orElse(null);
        var levels = levels(definition, result);
        var next = result.nextLevel(levels);
        model.addAttribute("causes", shown.causes());
        model.addAttribute("definition", definition);
        model.addAttribute("levels", levels);
        model.addAttribute("ladder", ladder(result, levels));
        model.addAttribute("next", next.orElse(null));
        model.addAttribute(
                "missing", next.map(it -> result.inTheWayOf(it, levels)).orElse(List.of()));
        model.addAttribute("groups", groups(result, levels, byDimension));
    }

    private void compare(ResultView then, Model model) {
        var now = results.find(then.entity(), then.scorecard());
        model.addAttribute("now", now.orElse(null));
        model.addAttribute(
                "differences", now.map(it -> EntityTrail.differences(then, it)).orElse(List.of()));
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

    /// Those of the scorecard. While it is not there, or knows others than the result does, they are in the
    /// order in which rules name them.
    private static List<String> levels(@Nullable ScorecardView definition, ResultView result) {
        var named = Stream.concat(result.rules().stream().map(RuleView::level), Stream.ofNullable(result.level()))
                .distinct()
                .toList();
        return definition != null && definition.levels().containsAll(named) ? definition.levels() : named;
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

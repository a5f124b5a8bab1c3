package dev.muster.portal.entity;

import static java.util.stream.Collectors.groupingBy;

import dev.muster.portal.page.When;
import dev.muster.portal.result.ResultView;
import dev.muster.portal.transition.PastStanding;
import dev.muster.portal.transition.PastStandings;
import dev.muster.portal.transition.RuleCauses;
import dev.muster.portal.transition.RuleCauses.Place;
import dev.muster.portal.transition.RuleCauses.RuleCause;
import dev.muster.portal.transition.TransitionFilter;
import dev.muster.portal.transition.Transitions;
import dev.muster.portal.waiver.WaiverView;
import dev.muster.portal.waiver.Waivers;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/// What the page of an entity shows around its result: neighbours, causes, waivers, the score over time, and the past.
@Component
class EntityTrail {

    /// Changes of the score that the chart shows, the newest ones.
    private static final int SCORES = 150;

    private final Neighbours neighbours;
    private final Transitions transitions;
    private final RuleCauses causes;
    private final Waivers waivers;
    private final PastStandings standings;
    private final InstantSource clock;

    EntityTrail(
            Neighbours neighbours,
            Transitions transitions,
            RuleCauses causes,
            Waivers waivers,
            PastStandings standings,
            InstantSource clock) {
        this.neighbours = neighbours;
        this.transitions = transitions;
        this.causes = causes;
        this.waivers = waivers;
        this.standings = standings;
        this.clock = clock;
    }

    void describe(EntityView entity, @Nullable ResultView result, When when, Model model) {
        var all = waivers.of(entity.ref());
        model.addAttribute("graph", neighbours.of(entity, result == null ? null : result.scorecard()));
        model.addAttribute("waivers", all);
        if (result == null) {
            return;
        }
        model.addAttribute("waiversOf", byRule(all, result.scorecard()));
        model.addAttribute("causes", causes(result));
        model.addAttribute(
                "scores",
                transitions
                        .list(TransitionFilter.ofEntity(entity.ref(), result.scorecard()), SCORES, null)
                        .items()
                        .stream()
                        .filter(it -> it.after() != null)
                        .toList());
        model.addAttribute("now", clock.instant());
        var at = when.at();
        if (at != null) {
            var standing = standings.find(entity.ref(), result.scorecard(), at);
            model.addAttribute("past", standing.orElse(null));
            standing.ifPresent(it -> model.addAttribute("differences", differences(it, result)));
        }
    }

    private Map<String, RuleCause> causes(ResultView result) {
        var found = causes.find(result.rules().stream()
                .map(rule -> new Place(result.entity(), result.scorecard(), rule.id()))
                .toList());
        var byRule = new HashMap<String, RuleCause>();
        found.forEach((place, cause) -> byRule.put(place.rule(), cause));
        return byRule;
    }

    private static Map<String, List<WaiverView>> byRule(List<WaiverView> all, String scorecard) {
        return all.stream()
                .filter(it -> it.scorecard() == null || it.scorecard().equals(scorecard))
                .filter(it -> it.isInForce() || it.isOpen())
                .collect(groupingBy(WaiverView::rule));
    }

    /// Rules that had another outcome then, in the order of the scorecard of now.
    static List<Difference> differences(PastStanding past, ResultView now) {
        return now.rules().stream()
                .map(rule ->
                        new Difference(rule.id(), rule.title(), past.outcomes().get(rule.id()), rule.outcome()))
                .filter(it -> !Objects.equals(it.then(), it.now()))
                .toList();
    }

    /// A rule that had another outcome.
    ///
    /// @param then null when the rule was not there
    public record Difference(
            String rule, String title, @Nullable String then, String now) {}
}

package dev.muster.portal.entity;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.muster.portal.page.When;
import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.RuleView;
import dev.muster.portal.transition.RuleCauses;
import dev.muster.portal.transition.RuleCauses.Place;
import dev.muster.portal.transition.RuleCauses.RuleCause;
import dev.muster.portal.transition.TransitionFilter;
import dev.muster.portal.transition.TransitionView;
import dev.muster.portal.transition.Transitions;
import dev.muster.portal.waiver.WaiverView;
import dev.muster.portal.waiver.Waivers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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

    EntityTrail(Neighbours neighbours, Transitions transitions, RuleCauses causes, Waivers waivers) {
        this.neighbours = neighbours;
        this.transitions = transitions;
        this.causes = causes;
        this.waivers = waivers;
    }

    /// A result with why its rules have their outcomes. Of the past that is all that is recorded of them.
    ///
    /// @param at as of when it is; null for now
    Explained explain(ResultView result, @Nullable Instant at) {
        var found = causes.find(
                result.rules().stream()
                        .map(rule -> new Place(result.entity(), result.scorecard(), rule.id()))
                        .toList(),
                at);
        var byRule = new HashMap<String, RuleCause>();
        found.forEach((place, cause) -> byRule.put(place.rule(), cause));
        return new Explained(
                at == null
                        ? result
                        : result.with(result.rules().stream()
                                .map(rule -> RuleCause.past(rule, at, byRule.get(rule.id())))
                                .toList()),
                byRule);
    }

    void describe(EntityView entity, @Nullable ResultView result, When when, Model model) {
        var at = when.at();
        var all = waivers.of(entity.ref(), at);
        model.addAttribute("graph", neighbours.of(entity, result == null ? null : result.scorecard(), at));
        model.addAttribute("waivers", all);
        if (result == null) {
            return;
        }
        model.addAttribute("waiversOf", byRule(all, result.scorecard()));
        var changes = transitions
                .list(
                        TransitionFilter.ofEntity(entity.ref(), result.scorecard())
                                .upTo(at),
                        SCORES,
                        null)
                .items();
        model.addAttribute(
                "scores", changes.stream().filter(it -> it.after() != null).toList());
        model.addAttribute("until", at); // now, by the clock of the reader, when it is null: the page stays the same
        model.addAttribute(
                "lastCause",
                at == null
                        ? result.cause()
                        : changes.stream()
                                .findFirst()
                                .map(TransitionView::cause)
                                .orElse(null));
    }

    private static Map<String, List<WaiverView>> byRule(List<WaiverView> all, String scorecard) {
        return all.stream()
                .filter(it -> it.scorecard() == null || it.scorecard().equals(scorecard))
                .filter(it -> it.isInForce() || it.isOpen())
                .collect(groupingBy(WaiverView::rule));
    }

    /// Rules that have another outcome now, in the order of the scorecard of now; those that are gone come
    /// last.
    static List<Difference> differences(ResultView then, ResultView now) {
        var before = outcomes(then);
        var after = outcomes(now);
        return Stream.concat(now.rules().stream(), then.rules().stream().filter(it -> !after.containsKey(it.id())))
                .map(rule -> new Difference(rule.id(), rule.title(), before.get(rule.id()), after.get(rule.id())))
                .filter(it -> !Objects.equals(it.then(), it.now()))
                .toList();
    }

    private static Map<String, String> outcomes(ResultView result) {
        return result.rules().stream().collect(toMap(RuleView::id, RuleView::outcome));
    }

    /// A result with its causes by rule; those that are older than history are missing.
    record Explained(ResultView result, Map<String, RuleCause> causes) {}

    /// A rule that has another outcome.
    ///
    /// @param then null when the rule was not there
    /// @param now null when it is gone
    public record Difference(
            String rule,
            String title,
            @Nullable String then,
            @Nullable String now) {}
}

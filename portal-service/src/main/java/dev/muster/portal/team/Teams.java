package dev.muster.portal.team;

import static java.util.stream.Collectors.toMap;

import dev.muster.portal.readmodel.ReadModel.Entity;
import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.Results;
import dev.muster.portal.result.RuleView;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.ScorecardView.RuleDefinitionView;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.portal.transition.RuleCauses;
import dev.muster.portal.transition.RuleCauses.Place;
import dev.muster.portal.transition.RuleCauses.RuleCause;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads what a team has to do.
@Repository
class Teams {

    /// What buys most for its effort comes first.
    private static final Comparator<ToFix> WORTH = Comparator.comparingDouble(
                    (ToFix it) -> -it.gain().worth())
            .thenComparing(ToFix::entity)
            .thenComparing(ToFix::scorecard)
            .thenComparing(it -> it.rule().id());

    private final DSLContext sql;
    private final Results results;
    private final Scorecards scorecards;
    private final RuleCauses causes;

    Teams(DSLContext sql, Results results, Scorecards scorecards, RuleCauses causes) {
        this.sql = sql;
        this.results = results;
        this.scorecards = scorecards;
        this.causes = causes;
    }

    /// Rules that fail for what the team owns, what buys most for its effort first. Drafts are left out.
    ///
    /// @param at as of when; null for now
    List<ToFix> toFix(String team, int limit, @Nullable Instant at) {
        var published = scorecards.all().stream()
                .filter(it -> !it.draft())
                .collect(toMap(ScorecardView::name, Function.identity()));
        var tiers = tiers(team);
        // The least of those that are worth most is the first to go.
        var most = new PriorityQueue<>(WORTH.reversed());
        results.at(at).failingOf(team, result -> {
            var scorecard = published.get(result.scorecard());
            if (scorecard != null) {
                toFix(result, scorecard, tiers.get(result.entity())).forEach(most::add);
                while (most.size() > limit) {
                    most.remove();
                }
            }
        });
        var worth = most.stream().sorted(WORTH).toList();
        return at == null ? worth : told(worth, at);
    }

    private List<ToFix> told(List<ToFix> worth, Instant at) {
        var known = causes.find(worth.stream().map(ToFix::place).toList(), at);
        return worth.stream()
                .map(it -> it.with(RuleCause.past(it.rule(), at, known.get(it.place()))))
                .toList();
    }

    private static Stream<ToFix> toFix(ResultView result, ScorecardView scorecard, @Nullable Integer tier) {
        return result.rules().stream().filter(RuleView::fails).map(rule -> {
            var effort = scorecard.rules().stream()
                    .filter(it -> it.id().equals(rule.id()))
                    .map(RuleDefinitionView::effort)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            var gain = Gain.of(result, rule, scorecard.levels(), effort, tier);
            return new ToFix(result.entity(), tier, scorecard.name(), scorecard.title(), rule, effort, gain);
        });
    }

    private Map<String, Integer> tiers(String team) {
        return sql.select(Entity.REF, Entity.TIER)
                .from(Entity.ENTITY)
                .where(Entity.OWNER.eq(team), Entity.TIER.isNotNull())
                .fetchMap(Entity.REF, Entity.TIER);
    }

    /// A rule that fails for an entity.
    ///
    /// @param effort low, medium or high; null when the scorecard does not say
    /// @param gain what it buys to mend it
    record ToFix(
            String entity,
            @Nullable Integer tier,
            String scorecard,
            String scorecardTitle,
            RuleView rule,
            @Nullable String effort,
            Gain gain) {

        private Place place() {
            return new Place(entity, scorecard, rule.id());
        }

        private ToFix with(RuleView other) {
            return new ToFix(entity, tier, scorecard, scorecardTitle, other, effort, gain);
        }
    }
}

package dev.muster.portal.initiative;

import static java.util.stream.Collectors.joining;

import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.Results.Standing;
import dev.muster.portal.result.RuleView;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.ScorecardView.RuleDefinitionView;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an initiative asks of an entity. Pure.
sealed interface Target {

    /// Whether an entity that stands so is done.
    boolean isMetBy(Standing standing);

    /// What counts of a standing.
    Standing seen(Standing standing);

    /// What is to be done yet for a result that does not meet it.
    List<Remaining> remaining(ResultView result);

    /// What stands in the way of everybody: something that the scorecard does not have any more; null when nothing
    /// does.
    @Nullable
    String problem();

    /// A rule that stands in the way.
    ///
    /// @param outcome null when the scorecard has no such rule any more
    /// @param message evidence in words
    /// @param remediation link or text: what to do
    record Remaining(
            String rule,
            @Nullable String title,
            @Nullable String outcome,
            String message,
            @Nullable String level,
            @Nullable String remediation) {

        static Remaining of(RuleView rule) {
            return new Remaining(
                    rule.id(), rule.title(), rule.outcome(), rule.message(), rule.level(), rule.remediation());
        }
    }

    /// The target of an initiative.
    ///
    /// @param scorecard null when it is not published any more
    static Target of(InitiativeView initiative, @Nullable ScorecardView scorecard) {
        var level = initiative.level();
        var levels = scorecard == null ? List.<String>of() : scorecard.levels();
        var gone = scorecard == null
                ? "the scorecard '%s' is not published any more".formatted(initiative.scorecard())
                : null;
        if (level != null) {
            return new Level(level, levels, gone);
        }
        return new Rules(
                initiative.rules(),
                scorecard == null
                        ? Set.of()
                        : Set.copyOf(scorecard.rules().stream()
                                .map(RuleDefinitionView::id)
                                .toList()),
                gone);
    }

    /// A level, or one above it, is reached.
    ///
    /// @param levels of the scorecard now, from the lowest; one that it had before reaches nothing
    record Level(
            String level, List<String> levels, @Nullable String gone) implements Target {

        @Override
        public boolean isMetBy(Standing standing) {
            var wanted = levels.indexOf(level);
            return wanted >= 0 && standing.level() != null && levels.indexOf(standing.level()) >= wanted;
        }

        @Override
        public Standing seen(Standing standing) {
            return new Standing(standing.level(), new HashMap<>());
        }

        @Override
        public List<Remaining> remaining(ResultView result) {
            return result.inTheWayOf(level, levels).stream().map(Remaining::of).toList();
        }

        @Override
        public @Nullable String problem() {
            return gone != null || levels.contains(level)
                    ? gone
                    : "the scorecard has no level '%s' any more".formatted(level);
        }
    }

    /// Each of the rules is passed, exempt or not applicable. One that a result does not have is not met.
    ///
    /// @param known rules of the scorecard now
    record Rules(
            List<String> rules, Set<String> known, @Nullable String gone) implements Target {

        @Override
        public boolean isMetBy(Standing standing) {
            return rules.stream().allMatch(rule -> {
                var outcome = standing.outcomes().get(rule);
                return outcome != null && !RuleView.blocks(outcome);
            });
        }

        @Override
        public Standing seen(Standing standing) {
            var outcomes = new HashMap<>(standing.outcomes());
            outcomes.keySet().retainAll(rules);
            return new Standing(standing.level(), outcomes);
        }

        @Override
        public List<Remaining> remaining(ResultView result) {
            return rules.stream()
                    .flatMap(id -> result.rules().stream()
                            .filter(rule -> rule.id().equals(id))
                            .findFirst()
                            .map(rule -> rule.blocks() ? Stream.of(Remaining.of(rule)) : Stream.<Remaining>of())
                            .orElseGet(() -> Stream.of(
                                    new Remaining(id, null, null, "the result has no such rule", null, null))))
                    .toList();
        }

        @Override
        public @Nullable String problem() {
            var missing = rules.stream()
                    .filter(rule -> !known.contains(rule))
                    .map(rule -> "'" + rule + "'")
                    .collect(joining(", "));
            return gone != null || missing.isEmpty() ? gone : "the scorecard has no rule " + missing + " any more";
        }
    }
}

package dev.muster.portal.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The current scorecard of an entity, in the shape of the API.
///
/// @param version rises by one with each transition
/// @param level highest level reached; null when not even the lowest is
public record ResultView(
        String entity,
        String scorecard,
        int scorecardVersion,
        long version,
        @Nullable String level,
        int score,
        int coverage,
        Instant evaluatedAt,
        List<RuleView> rules,
        CauseView cause,
        @Nullable Instant nextChangeAt) {

    /// The same with what else is known of its rules.
    public ResultView with(List<RuleView> known) {
        return new ResultView(
                entity,
                scorecard,
                scorecardVersion,
                version,
                level,
                score,
                coverage,
                evaluatedAt,
                known,
                cause,
                nextChangeAt);
    }

    @JsonIgnore
    public long failing() {
        return rules.stream().filter(RuleView::fails).count();
    }

    /// Whether `wanted` is reached: the level is the wanted one or above it.
    ///
    /// @param levels of the scorecard, from the lowest
    public boolean reaches(String wanted, List<String> levels) {
        return level != null && levels.indexOf(level) >= levels.indexOf(wanted);
    }

    /// What stands in the way of `wanted`: blocking rules of it and of the levels below.
    public List<RuleView> inTheWayOf(String wanted, List<String> levels) {
        int rank = levels.indexOf(wanted);
        return rules.stream()
                .filter(RuleView::blocks)
                .filter(rule -> levels.indexOf(rule.level()) <= rank)
                .toList();
    }

    /// The lowest level that is not reached.
    public Optional<String> nextLevel(List<String> levels) {
        int reached = level == null ? -1 : levels.indexOf(level);
        return reached + 1 < levels.size() ? Optional.of(levels.get(reached + 1)) : Optional.empty();
    }
}

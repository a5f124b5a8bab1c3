package dev.muster.portal.backtest;

import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.portal.backtest.BacktestReport.Difference;
import dev.muster.portal.backtest.BacktestReport.Live;
import dev.muster.portal.backtest.BacktestReport.OutcomePair;
import dev.muster.portal.result.Results.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares where entities stand now with where they would. Keeps level and outcomes of those that were not compared
/// yet: some hundred bytes each.
final class Comparison {

    static final int EXAMPLES = 50;

    /// Where an entity would stand.
    ///
    /// @param outcomes in the order of `rules`
    private record Here(@Nullable String level, List<Outcome> outcomes) {}

    private final Map<String, Here> here = new HashMap<>();
    private final TreeMap<String, Difference> examples = new TreeMap<>();
    private List<String> rules = List.of();
    private int different;

    /// Takes where an entity would stand. All results are of one version of a scorecard, so have the same rules.
    void here(Result it) {
        if (rules.isEmpty()) {
            rules = it.rules().stream().map(RuleOutcome::rule).toList();
        }
        var outcomes = it.rules().stream().map(RuleOutcome::outcome).toList();
        here.put(it.entity(), new Here(it.level(), outcomes));
    }

    /// Takes where an entity stands by the published scorecard, after all of [#here].
    void live(String entity, Standing live) {
        var its = here.remove(entity);
        if (its == null) {
            differs(new Difference(entity, live.level(), null, List.of()));
            return;
        }
        var pairs = pairs(live, its.outcomes());
        if (!pairs.isEmpty() || !Objects.equals(live.level(), its.level())) {
            differs(new Difference(entity, live.level(), its.level(), pairs));
        }
    }

    private List<OutcomePair> pairs(Standing live, List<Outcome> outcomes) {
        var pairs = new ArrayList<OutcomePair>();
        for (var i = 0; i < outcomes.size(); i++) {
            var outcome = live.outcomes().get(rules.get(i));
            if (outcome != null && !outcome.equals(outcomes.get(i).name())) {
                pairs.add(new OutcomePair(rules.get(i), outcome, outcomes.get(i).name()));
            }
        }
        return pairs;
    }

    private void differs(Difference it) {
        different++;
        examples.put(it.entity(), it);
        if (examples.size() > EXAMPLES) {
            examples.pollLastEntry();
        }
    }

    /// What differs, after all were taken: who has none of [#live] is scored by this scorecard only.
    ///
    /// @param version of the published scorecard
    Live of(int version) {
        here.forEach((entity, it) -> differs(new Difference(entity, null, it.level(), List.of())));
        here.clear();
        return new Live(version, different, List.copyOf(examples.values()), different - examples.size());
    }
}

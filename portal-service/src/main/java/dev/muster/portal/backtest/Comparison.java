package dev.muster.portal.backtest;

import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.portal.backtest.BacktestReport.Difference;
import dev.muster.portal.backtest.BacktestReport.Live;
import dev.muster.portal.backtest.BacktestReport.OutcomePair;
import dev.muster.portal.result.Results.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares where entities stand now with where they would. Pure.
final class Comparison {

    static final int EXAMPLES = 50;

    private Comparison() {}

    /// @param live what the published scorecard says, by entity
    /// @param here what the other one would say, by entity
    static Live of(int version, Map<String, Standing> live, Map<String, Result> here) {
        var entities = new TreeSet<>(live.keySet());
        entities.addAll(here.keySet());
        var different = 0;
        var examples = new ArrayList<Difference>();
        for (var entity : entities) {
            var difference = difference(entity, live.get(entity), here.get(entity));
            if (difference != null) {
                different++;
                if (examples.size() < EXAMPLES) {
                    examples.add(difference);
                }
            }
        }
        return new Live(version, different, examples, different - examples.size());
    }

    private static @Nullable Difference difference(String entity, @Nullable Standing live, @Nullable Result here) {
        if (live == null || here == null) {
            return new Difference(
                    entity, live == null ? null : live.level(), here == null ? null : here.level(), List.of());
        }
        var rules = here.rules().stream()
                .filter(it -> live.outcomes().containsKey(it.rule()))
                .map(it -> pair(it, live))
                .filter(it -> !it.live().equals(it.here()))
                .toList();
        return rules.isEmpty() && Objects.equals(live.level(), here.level())
                ? null
                : new Difference(entity, live.level(), here.level(), rules);
    }

    private static OutcomePair pair(RuleOutcome it, Standing live) {
        return new OutcomePair(
                it.rule(),
                live.outcomes().getOrDefault(it.rule(), ""),
                it.outcome().name());
    }
}

package dev.muster.portal.overview;

import dev.muster.portal.overview.HeatMap.Cell;
import dev.muster.portal.overview.HeatMap.Count;
import dev.muster.portal.scorecard.ScorecardView.RuleDefinitionView;
import dev.muster.schemas.v1.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the outcomes of a scorecard by group and dimension, one entity after another. Pure.
final class HeatCounting {

    // Places in the counts of an entity.
    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int UNDECIDED = 2;
    private static final int PASSED_WEIGHT = 3;
    private static final int DECIDED_WEIGHT = 4;

    private final Map<String, Rule> known = new HashMap<>();
    private final List<String> dimensions = new ArrayList<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private @Nullable Rule[] rules = {};

    /// @param dimension its place among the dimensions
    private record Rule(int dimension, int weight) {}

    /// @param definitions outcomes of other rules do not count
    HeatCounting(List<RuleDefinitionView> definitions) {
        for (var rule : definitions) {
            var dimension = rule.dimension() == null ? HeatMap.NONE : rule.dimension();
            if (!dimensions.contains(dimension)) {
                dimensions.add(dimension);
            }
            known.put(rule.id(), new Rule(dimensions.indexOf(dimension), rule.weight()));
        }
    }

    /// Adds an entity.
    ///
    /// @param ids of the rules that the outcomes are of; null when they are those of the entity before
    /// @param outcomes separated by commas
    void add(String group, String @Nullable [] ids, String outcomes) {
        if (ids != null) {
            rules = new Rule[ids.length];
            for (var i = 0; i < ids.length; i++) {
                rules[i] = known.get(ids[i]);
            }
        }
        var entity = new int[dimensions.size()][];
        var from = 0;
        for (var rule : rules) {
            var end = outcomes.indexOf(',', from);
            var outcome = outcomes.substring(from, end < 0 ? outcomes.length() : end);
            from = end + 1;
            if (rule != null) {
                var counts = entity[rule.dimension()] == null ? new int[DECIDED_WEIGHT + 1] : entity[rule.dimension()];
                count(counts, Outcome.valueOf(outcome), rule.weight());
                entity[rule.dimension()] = counts;
            }
        }
        groups.computeIfAbsent(group, _ -> new Group(dimensions.size())).add(entity);
    }

    private static void count(int[] counts, Outcome outcome, int weight) {
        switch (outcome) {
            case PASS, WARN -> {
                counts[PASSED]++;
                counts[PASSED_WEIGHT] += weight;
                counts[DECIDED_WEIGHT] += weight;
            }
            case FAIL, ERROR -> {
                counts[FAILED]++;
                counts[DECIDED_WEIGHT] += weight;
            }
            case UNKNOWN, STALE -> counts[UNDECIDED]++;
            case EXEMPT, NOT_APPLICABLE -> {}
        }
    }

    /// What was counted; nothing of dimensions that ask nothing of a group.
    List<Count> counts() {
        var all = new ArrayList<Count>();
        groups.forEach((name, group) -> {
            for (var i = 0; i < dimensions.size(); i++) {
                var cell = group.sums[i].cell();
                if (cell.passed() + cell.failed() + cell.undecided() > 0) {
                    all.add(new Count(name, dimensions.get(i), cell));
                }
            }
        });
        return all;
    }

    private static final class Group {

        private final Sum[] sums;

        Group(int dimensions) {
            sums = new Sum[dimensions];
            for (var i = 0; i < dimensions; i++) {
                sums[i] = new Sum();
            }
        }

        void add(int[][] entity) {
            for (var i = 0; i < sums.length; i++) {
                if (entity[i] != null) {
                    sums[i].add(entity[i]);
                }
            }
        }
    }

    /// Of a group in a dimension.
    private static final class Sum {

        /// Less than the least difference between two averages that are not equal.
        private static final double ROUNDING = 1e-9;

        private int entities;
        private int passed;
        private int failed;
        private int undecided;
        private int scored;
        private double scores;
        private double worst = 100;

        void add(int[] entity) {
            entities++;
            passed += entity[PASSED];
            failed += entity[FAILED];
            undecided += entity[UNDECIDED];
            if (entity[DECIDED_WEIGHT] > 0) {
                var score = 100.0 * entity[PASSED_WEIGHT] / entity[DECIDED_WEIGHT];
                scored++;
                scores += score;
                worst = Math.min(worst, score);
            }
        }

        Cell cell() {
            return new Cell(
                    entities,
                    passed,
                    failed,
                    undecided,
                    scored == 0 ? null : (int) (scores / scored + ROUNDING),
                    scored == 0 ? null : (int) (worst + ROUNDING));
        }
    }
}

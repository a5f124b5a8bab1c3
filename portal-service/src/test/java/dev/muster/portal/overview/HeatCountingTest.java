package dev.muster.portal.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.overview.HeatMap.Cell;
import dev.muster.portal.overview.HeatMap.Count;
import dev.muster.portal.scorecard.ScorecardView.RuleDefinitionView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeatCountingTest {

    private static final String[] RULES = {"a", "b", "c", "gone"};

    private final HeatCounting counting =
            new HeatCounting(List.of(rule("a", "security", 3), rule("b", "security", 1), rule("c", null, 2)));

    private static RuleDefinitionView rule(String id, @Nullable String dimension, int weight) {
        return new RuleDefinitionView(
                id, id, null, null, "true", null, "bronze", weight, null, null, null, null, dimension, "{}", null);
    }

    @Test
    void countsByGroupAndDimension() {
        counting.add("one", RULES, "PASS,FAIL,UNKNOWN,FAIL");
        counting.add("one", null, "WARN,ERROR,STALE,PASS");
        counting.add("two", null, "FAIL,PASS,EXEMPT,FAIL");

        assertThat(counting.counts())
                .containsExactly(
                        new Count("one", "security", new Cell(2, 2, 2, 0, 75, 75)),
                        new Count("one", "", new Cell(2, 0, 0, 2, null, null)),
                        new Count("two", "security", new Cell(1, 1, 1, 0, 25, 25)));
    }

    @Test
    void readsTheOutcomesOfOtherRulesWhereTheyAreOthers() {
        counting.add("one", new String[] {"b", "a"}, "PASS,FAIL");
        counting.add("one", new String[] {"c"}, "PASS");
        counting.add("one", new String[] {}, "");

        assertThat(counting.counts())
                .containsExactly(
                        new Count("one", "security", new Cell(1, 1, 1, 0, 25, 25)),
                        new Count("one", "", new Cell(1, 1, 0, 0, 100, 100)));
    }

    @Test
    void averagesAreWholeWhereTheyAre() {
        counting.add("one", new String[] {"a", "b", "c"}, "PASS,FAIL,PASS");
        counting.add("one", null, "FAIL,PASS,FAIL");
        counting.add("one", null, "PASS,PASS,FAIL");

        assertThat(counting.counts())
                .containsExactly(
                        new Count("one", "security", new Cell(3, 4, 2, 0, 66, 25)),
                        new Count("one", "", new Cell(3, 1, 2, 0, 33, 0)));
    }
}

package dev.muster.engine.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.result.Scoring.Mark;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScoreOfAnyOutcomesTest {

    private static final List<String> LEVELS = List.of("bronze", "silver", "gold");

    @Property
    void theOrderOfRulesDoesNotMatterAndAllStaysWithinHundred(@ForAll("marks") List<Mark> marks) {
        var reversed = new ArrayList<>(marks).reversed();
        var score = Scoring.of(LEVELS, marks);

        assertThat(Scoring.of(LEVELS, reversed)).isEqualTo(score);
        assertThat(score.score()).isBetween(0, 100);
        assertThat(score.coverage()).isBetween(0, 100);
    }

    @Property
    void whatIsNotDecidedNeverChangesTheScore(@ForAll("marks") List<Mark> marks) {
        var decided = marks.stream().filter(mark -> mark.outcome().decided()).toList();

        assertThat(Scoring.of(LEVELS, marks).score())
                .isEqualTo(Scoring.of(LEVELS, decided).score());
    }

    @Property
    void everyOutcomeThatDoesNotSatisfyKeepsFromItsLevel(@ForAll("marks") List<Mark> marks) {
        var reached = LEVELS.indexOf(String.valueOf(Scoring.of(LEVELS, marks).level()));

        for (var level = 0; level < LEVELS.size(); level++) {
            var upTo = LEVELS.subList(0, level + 1);
            var clear = marks.stream()
                    .filter(mark -> upTo.contains(mark.level()))
                    .allMatch(mark -> mark.outcome().satisfies());
            assertThat(reached >= level).isEqualTo(clear);
        }
    }

    @Provide
    Arbitrary<List<Mark>> marks() {
        return Combinators.combine(
                        Arbitraries.of(LEVELS), Arbitraries.integers().between(1, 100), Arbitraries.of(Outcome.class))
                .as(Mark::new)
                .list()
                .ofMaxSize(12);
    }
}

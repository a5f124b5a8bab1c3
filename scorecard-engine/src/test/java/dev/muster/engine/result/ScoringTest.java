package dev.muster.engine.result;

import static dev.muster.engine.result.Outcome.ERROR;
import static dev.muster.engine.result.Outcome.EXEMPT;
import static dev.muster.engine.result.Outcome.FAIL;
import static dev.muster.engine.result.Outcome.NOT_APPLICABLE;
import static dev.muster.engine.result.Outcome.PASS;
import static dev.muster.engine.result.Outcome.STALE;
import static dev.muster.engine.result.Outcome.UNKNOWN;
import static dev.muster.engine.result.Outcome.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.result.Scoring.Mark;
import dev.muster.engine.result.Scoring.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoringTest {

    private static final List<String> LEVELS = List.of("bronze", "silver", "gold");

    private static Mark bronze(int weight, Outcome outcome) {
        return new Mark("bronze", weight, outcome);
    }

    private static Mark silver(int weight, Outcome outcome) {
        return new Mark("silver", weight, outcome);
    }

    private static Mark gold(int weight, Outcome outcome) {
        return new Mark("gold", weight, outcome);
    }

    private static Score score(Mark... marks) {
        return Scoring.of(LEVELS, List.of(marks));
    }

    @Test
    void allPassedIsTheHighestLevelAndHundred() {
        assertThat(score(bronze(1, PASS), silver(2, WARN), gold(3, PASS))).isEqualTo(new Score("gold", 100, 100));
    }

    @Test
    void aFailureCostsItsWeightAndStopsItsLevel() {
        assertThat(score(bronze(1, PASS), silver(3, FAIL), gold(4, PASS))).isEqualTo(new Score("bronze", 62, 100));
    }

    @Test
    void aRuleThatBrokeCountsAsFailed() {
        assertThat(score(bronze(1, PASS), gold(1, ERROR))).isEqualTo(new Score("silver", 50, 100));
    }

    @Test
    void whatIsUnknownOrStaleBlocksALevelAndNeverLowersTheScore() {
        assertThat(score(bronze(1, PASS), silver(1, UNKNOWN), gold(2, STALE))).isEqualTo(new Score("bronze", 100, 25));
    }

    @Test
    void aRuleThatDoesNotApplyCountsNowhere() {
        assertThat(score(bronze(1, PASS), silver(5, NOT_APPLICABLE))).isEqualTo(new Score("gold", 100, 100));
    }

    @Test
    void anExemptRuleReachesItsLevelAndShowsInTheCoverage() {
        assertThat(score(bronze(1, PASS), gold(3, EXEMPT))).isEqualTo(new Score("gold", 100, 25));
    }

    @Test
    void onlyExemptRulesReachEveryLevelWithoutAScore() {
        assertThat(score(bronze(1, EXEMPT), gold(1, EXEMPT))).isEqualTo(new Score("gold", 0, 0));
    }

    @Test
    void nothingDecidedIsNothingScored() {
        assertThat(score(bronze(2, UNKNOWN), gold(1, UNKNOWN))).isEqualTo(new Score(null, 0, 0));
    }

    @Test
    void nothingApplicableReachesEveryLevelWithoutAScore() {
        assertThat(score(bronze(2, NOT_APPLICABLE))).isEqualTo(new Score("gold", 0, 0));
        assertThat(score()).isEqualTo(new Score("gold", 0, 0));
    }

    @Test
    void aLevelThatNoRuleNeedsIsReachedWithTheOneBelow() {
        assertThat(score(bronze(1, PASS), gold(1, FAIL)).level()).isEqualTo("silver");
        assertThat(score(silver(1, FAIL)).level()).isEqualTo("bronze");
        assertThat(score(bronze(1, FAIL), gold(1, PASS)).level()).isNull();
    }

    @Test
    void aRuleOfNoKnownLevelStandsInTheWayOfAll() {
        assertThat(score(bronze(1, PASS), new Mark("platinum", 1, FAIL)).level())
                .isNull();
        assertThat(score(bronze(1, PASS), new Mark("platinum", 1, PASS)).level())
                .isEqualTo("gold");
    }

    @Test
    void withoutLevelsNoneIsReached() {
        assertThat(Scoring.of(List.of(), List.of(bronze(1, PASS)))).isEqualTo(new Score(null, 100, 100));
    }

    @Test
    void hundredMeansAll() {
        assertThat(score(bronze(999, PASS), bronze(1, FAIL)).score()).isEqualTo(99);
        assertThat(score(bronze(Integer.MAX_VALUE, PASS), bronze(Integer.MAX_VALUE, PASS))
                        .score())
                .isEqualTo(100);
    }
}

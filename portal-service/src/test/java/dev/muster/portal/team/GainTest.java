package dev.muster.portal.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.result.CauseView;
import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.RuleView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GainTest {

    private static final List<String> LEVELS = List.of("bronze", "silver", "gold");
    private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

    @Test
    void aloneLiftsToTheHighestLevelThatNothingElseKeepsAway() {
        var last = rule("a", "FAIL", "bronze", 1);
        var gain = Gain.of(result(null, last, rule("b", "PASS", "silver", 3)), last, LEVELS, "low", 1);

        assertThat(gain.reaches()).isEqualTo("gold");
        assertThat(gain.points()).isEqualTo(25);
        assertThat(gain.steps()).isEqualTo(1);
    }

    @Test
    void isOneOfManyStepsWhileOthersKeepTheLevelAway() {
        var one = rule("a", "FAIL", "bronze", 1);
        var gain = Gain.of(result(null, one, rule("b", "UNKNOWN", "bronze", 1)), one, LEVELS, null, null);

        assertThat(gain.reaches()).isNull();
        assertThat(gain.towards()).isEqualTo("bronze");
        assertThat(gain.steps()).isEqualTo(2);
        assertThat(gain.points()).isEqualTo(100);
    }

    @Test
    void buysOnlyPointsWhenALowerLevelIsNotReached() {
        var high = rule("b", "FAIL", "gold", 1);
        var gain = Gain.of(result(null, rule("a", "FAIL", "bronze", 1), high), high, LEVELS, "low", 2);

        assertThat(gain.towards()).isNull();
        assertThat(gain.points()).isEqualTo(50);
    }

    @Test
    void isWorthMoreForLessEffortAndForMoreCriticalEntities() {
        var rule = rule("a", "FAIL", "bronze", 1);
        var result = result(null, rule, rule("b", "PASS", "bronze", 1));

        double low = Gain.of(result, rule, LEVELS, "low", 3).worth();
        assertThat(low).isEqualTo(90);
        assertThat(Gain.of(result, rule, LEVELS, "medium", 3).worth()).isEqualTo(45);
        assertThat(Gain.of(result, rule, LEVELS, null, 4).worth()).isEqualTo(45);
        assertThat(Gain.of(result, rule, LEVELS, "high", 3).worth()).isEqualTo(22.5);
        assertThat(Gain.of(result, rule, LEVELS, "low", 1).worth()).isEqualTo(180);
    }

    private static ResultView result(@Nullable String level, RuleView... rules) {
        var cause = new CauseView("FACT", "github", null, null, null, null, null, null, null, null, NOW, 1, false);
        return new ResultView("component:default/x", "card", 1, 1, level, 0, 0, NOW, List.of(rules), cause, null);
    }

    private static RuleView rule(String id, String outcome, String level, int weight) {
        return new RuleView(id, id, outcome, NOW, "", level, weight, null, null, List.of(), null);
    }
}

package dev.muster.portal.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.portal.backtest.BacktestReport.Difference;
import dev.muster.portal.backtest.BacktestReport.OutcomePair;
import dev.muster.portal.result.Results.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final Comparison comparison = new Comparison();

    @Test
    void saysHowManyOfThoseThatDifferAreNotListed() {
        IntStream.range(0, Comparison.EXAMPLES + 7)
                .map(i -> Comparison.EXAMPLES + 6 - i)
                .forEach(i -> comparison.live("only-live-%02d".formatted(i), new Standing("bronze", Map.of())));

        var compared = comparison.of(3);

        assertThat(compared.different()).isEqualTo(57);
        assertThat(compared.examples()).hasSize(50);
        assertThat(compared.examples().getFirst().entity()).isEqualTo("only-live-00");
        assertThat(compared.examples().getLast().entity()).isEqualTo("only-live-49");
        assertThat(compared.notListed()).isEqualTo(7);
    }

    @Test
    void tellsLevelsAndRulesThatDiffer() {
        comparison.here(result("same", "bronze", Outcome.PASS, Outcome.FAIL));
        comparison.here(result("rule", "bronze", Outcome.PASS, Outcome.FAIL));
        comparison.here(result("level", null, Outcome.PASS, Outcome.FAIL));
        comparison.here(result("here", "bronze", Outcome.PASS, Outcome.PASS));
        comparison.live("rule", new Standing("bronze", Map.of("one", "PASS", "two", "PASS")));
        comparison.live("same", new Standing("bronze", Map.of("two", "FAIL", "three", "FAIL")));
        comparison.live("level", new Standing("bronze", Map.of("one", "PASS", "two", "FAIL")));

        assertThat(comparison.of(3).examples())
                .containsExactly(
                        new Difference("here", null, "bronze", List.of()),
                        new Difference("level", "bronze", null, List.of()),
                        new Difference("rule", "bronze", "bronze", List.of(new OutcomePair("two", "PASS", "FAIL"))));
    }

    private static Result result(String entity, @Nullable String level, Outcome one, Outcome two) {
        return new Result(entity, "s", 1, level, 0, 0, NOON, List.of(rule("one", one), rule("two", two)), null);
    }

    private static RuleOutcome rule(String id, Outcome outcome) {
        return new RuleOutcome(id, outcome, NOON, "", List.of(), null);
    }
}

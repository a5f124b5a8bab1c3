package dev.muster.engine.rule;

import static dev.muster.engine.rule.A.NOW;
import static dev.muster.engine.rule.A.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.definition.RuleDefinition;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Guards the order of magnitude only; `benchmarks/` measures.
class SpeedTest {

    @Test
    void evaluatesFortySevenRulesOfAnEntityWithTwentyAlertsInLittleTime() {
        var facts = new KnownFacts();
        for (var i = 0; i < 20; i++) {
            facts.upsert("alerts", "a" + i, NOW, "{\"name\":\"alert " + i + "\",\"startsAt\":\"" + NOW + "\"}");
            facts.upsert(
                    "vulnerabilities",
                    "v" + i,
                    NOW,
                    "{\"id\":\"CVE-" + i + "\",\"severity\":\"high\",\"openedAt\":\"" + NOW + "\"}");
        }
        facts.set("coverage", NOW, "{\"newCode\":80.5}").set("replicas", NOW, "3");
        var rules = new RuleDefinition[47];
        for (var i = 0; i < 47; i++) {
            rules[i] = switch (i % 4) {
                case 0 ->
                    rule("r" + i, "!alerts.exists(a, overdue(a.startsAt, duration('7d')))")
                            .message("counted(alerts.size(), 'alert', 'alerts') + ' fire'")
                            .build();
                case 1 ->
                    rule("r" + i, "vulnerabilities.filter(v, v.severity == 'critical').size() <= params.max")
                            .params(Map.of("max", 0L))
                            .message("string(vulnerabilities.size())")
                            .build();
                case 2 ->
                    rule("r" + i, "coverage.newCode >= 80.0")
                            .fresh(Duration.ofDays(14))
                            .build();
                default -> rule("r" + i, "replicas >= 2").build();
            };
        }
        var scorecard = new ScorecardCompiler(A.CATALOGUE).compile(A.scorecard(rules), 1);
        var times = new long[1_500];
        for (var i = 0; i < times.length; i++) {
            var from = System.nanoTime();
            var result = scorecard.evaluate(A.entity(), facts, NOW, null, Set.of());
            times[i] = System.nanoTime() - from;
            assertThat(result.score()).isEqualTo(100);
        }
        var warm = Arrays.stream(times).skip(1_000).sorted().toArray();
        assertThat(Duration.ofNanos(warm[0])).isLessThan(Duration.ofMillis(2));
    }
}

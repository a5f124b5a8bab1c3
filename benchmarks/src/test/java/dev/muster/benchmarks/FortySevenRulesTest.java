package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.library.Framework;
import dev.muster.engine.library.ScorecardReader;
import dev.muster.engine.rule.ScorecardCompiler;
import org.junit.jupiter.api.Test;

class FortySevenRulesTest {

    @Test
    void readsAsAScorecardOf47RulesOfWhichFourReadVulnerabilities() throws Exception {
        var framework = Framework.fromClassPath();
        var definition = new ScorecardReader(framework.facts(), framework.rules())
                .read("forty-seven.yaml", FortySevenRules.yaml("forty-seven"));
        var compiled = new ScorecardCompiler(framework.facts()).compile(definition, 1);

        assertThat(compiled.rules()).hasSize(FortySevenRules.RULES);
        assertThat(compiled.rulesReading("vulnerabilities")).hasSize(FortySevenRules.READING_VULNERABILITIES);
    }

    @Test
    void namesNoFactThatTheEntityOfTheMeasurementLacks() throws Exception {
        var benchmark = new EvaluationBenchmark();
        benchmark.report();

        assertThat(benchmark.allRules().coverage()).isEqualTo(100);
    }
}

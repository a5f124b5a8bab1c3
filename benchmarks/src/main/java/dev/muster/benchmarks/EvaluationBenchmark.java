package dev.muster.benchmarks;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.library.Framework;
import dev.muster.engine.result.Result;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.engine.rule.ScorecardCompiler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The engine alone: the scorecard that ships, all its rules, and one service that has told everything they read.
///
/// Each call is timed by itself, so that the median says what a call costs while nobody else wants the core.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EvaluationBenchmark {

    private CompiledScorecard scorecard;
    private Payments payments;
    private Result before;

    @Setup
    public void report() throws DefinitionException {
        var framework = Framework.fromClassPath();
        var definition = Payments.scorecard(framework);
        scorecard = new ScorecardCompiler(framework.facts()).compile(definition, 1);
        payments = Payments.told(framework, definition);
        before = allRules();
    }

    /// Every rule.
    @Benchmark
    public Result allRules() {
        return scorecard.evaluate(Payments.ENTITY, payments, Payments.NOW, null, scorecard.rules());
    }

    /// Every rule, of facts that have to be read first.
    @Benchmark
    public Result allRulesRead() {
        payments.forgetReadings();
        return allRules();
    }

    /// One alert changes its severity: the register is written and the rules that read vulnerabilities are evaluated.
    @Benchmark
    public Result oneFact() {
        payments.changeAlert();
        before = scorecard.evaluate(
                Payments.ENTITY, payments, Payments.NOW, before, scorecard.rulesReading(Payments.VULNERABILITIES));
        return before;
    }

    /// The floor of that: the register alone.
    @Benchmark
    public FactState registerOnly() {
        return payments.changeAlert();
    }
}

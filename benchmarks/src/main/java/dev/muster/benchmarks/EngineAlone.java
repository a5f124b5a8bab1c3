package dev.muster.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs [EvaluationBenchmark] in processes of its own.
final class EngineAlone {

    private EngineAlone() {}

    /// Average time of one call in microseconds, and the half-width of its 99.9 % confidence interval.
    record Row(String name, double micros, double error) {}

    /// @param log where JMH tells what it does
    static List<Row> measure(Path log) throws RunnerException {
        var options = new OptionsBuilder()
                .include(EvaluationBenchmark.class.getName())
                .jvmArgsAppend("-Xmx512m", "--sun-misc-unsafe-memory-access=allow")
                .shouldFailOnError(true)
                .output(log.toString())
                .build();
        return new Runner(options)
                .run().stream()
                        .map(it -> new Row(
                                it.getPrimaryResult().getLabel(),
                                it.getPrimaryResult().getScore(),
                                it.getPrimaryResult().getScoreError()))
                        .toList();
    }
}

package dev.muster.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs [EvaluationBenchmark] and [MappingBenchmark] in processes of their own.
final class EngineAlone {

    private EngineAlone() {}

    /// Time of one call in microseconds.
    ///
    /// @param mean average of all calls
    /// @param error half-width of the 99.9 % confidence interval of the average
    record Row(String name, double median, double mean, double error) {}

    /// @param log where JMH tells what it does
    static List<Row> measure(Path log) throws RunnerException {
        var options = new OptionsBuilder()
                .include(EvaluationBenchmark.class.getName())
                .include(MappingBenchmark.class.getName())
                .jvmArgsAppend("-Xmx512m", "--sun-misc-unsafe-memory-access=allow")
                .shouldFailOnError(true)
                .output(log.toString())
                .build();
        return new Runner(options)
                .run().stream()
                        .map(it -> new Row(
                                it.getPrimaryResult().getLabel(),
                                micros(it.getPrimaryResult().getStatistics().getPercentile(50)),
                                micros(it.getPrimaryResult().getScore()),
                                micros(it.getPrimaryResult().getScoreError())))
                        .toList();
    }

    private static double micros(double nanos) {
        return nanos / 1_000;
    }
}

/// Measures the engine alone ([EvaluationBenchmark]) and the whole way under load ([WholeWay]), the latter
/// beside a bare topology on the same broker.
@NullMarked
package dev.muster.benchmarks;

import org.jspecify.annotations.NullMarked;

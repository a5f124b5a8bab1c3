package dev.muster.benchmarks;

import java.util.Arrays;
import java.util.stream.LongStream;

/// Measured times, every one of them kept: nothing is sampled or rounded into buckets.
final class Latencies {

    private static final double NANOS_IN_MILLI = 1e6;

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    static Latencies ofNanos(LongStream nanos) {
        var all = nanos.toArray();
        Arrays.sort(all);
        return new Latencies(all);
    }

    int count() {
        return sorted.length;
    }

    /// The smallest time that `percent` of all do not exceed, in milliseconds; not a number when there is none.
    double percentile(double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        var rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)] / NANOS_IN_MILLI;
    }

    double max() {
        return percentile(100);
    }
}

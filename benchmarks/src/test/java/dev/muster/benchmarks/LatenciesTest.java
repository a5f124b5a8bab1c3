package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void isTheSmallestValueThatSoManyPercentDoNotExceed() {
        var latencies = Latencies.ofNanos(LongStream.rangeClosed(1, 1000).map(i -> i * 1_000_000));

        assertThat(latencies.count()).isEqualTo(1000);
        assertThat(latencies.percentile(50)).isEqualTo(500.0);
        assertThat(latencies.percentile(99)).isEqualTo(990.0);
        assertThat(latencies.max()).isEqualTo(1000.0);
    }

    @Test
    void takesTheOnlyValueForEveryPercentile() {
        assertThat(Latencies.ofNanos(LongStream.of(7_000_000)).percentile(99)).isEqualTo(7.0);
    }

    @Test
    void isNotANumberWithoutAnyValue() {
        assertThat(Latencies.ofNanos(LongStream.empty()).percentile(99)).isNaN();
    }
}

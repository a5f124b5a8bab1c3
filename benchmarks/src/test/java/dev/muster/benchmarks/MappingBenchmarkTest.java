package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import org.junit.jupiter.api.Test;

class MappingBenchmarkTest {

    @Test
    void readsTenKilobytesIntoFacts() throws Exception {
        var benchmark = new MappingBenchmark();
        benchmark.read();

        assertThat(GithubPayload.bytes()).hasSizeBetween(9_500, 10_500);
        assertThat(benchmark.mapping().failures()).isEmpty();
        assertThat(benchmark.mapping().facts())
                .flatExtracting(FactsObserved::getChanges)
                .extracting(FactChange::getFact)
                .contains("vulnerabilities");
    }
}

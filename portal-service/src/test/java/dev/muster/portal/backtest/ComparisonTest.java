package dev.muster.portal.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.result.Results.Standing;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void saysHowManyOfThoseThatDifferAreNotListed() {
        var live = new TreeMap<String, Standing>();
        IntStream.range(0, Comparison.EXAMPLES + 7)
                .forEach(i -> live.put("component:default/only-live-" + i, new Standing("bronze", Map.of())));

        var compared = Comparison.of(3, live, Map.of());

        assertThat(compared.different()).isEqualTo(57);
        assertThat(compared.examples()).hasSize(50);
        assertThat(compared.notListed()).isEqualTo(7);
    }
}

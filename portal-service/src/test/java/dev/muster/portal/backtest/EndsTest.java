package dev.muster.portal.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndsTest {

    @Test
    void keepsTheFirstAndTheLast() {
        var ends = new Ends<Integer>(2);
        IntStream.range(0, 1000).forEach(ends::add);

        assertThat(ends.all()).containsExactly(0, 1, 998, 999);
        assertThat(ends.leftOut()).isEqualTo(996);
    }

    @Test
    void keepsAllOfAFew() {
        var ends = new Ends<Integer>(2);
        IntStream.range(0, 3).forEach(ends::add);

        assertThat(ends.all()).containsExactly(0, 1, 2);
        assertThat(ends.leftOut()).isZero();
    }
}

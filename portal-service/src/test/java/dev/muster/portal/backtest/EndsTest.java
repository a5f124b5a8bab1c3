package dev.muster.portal.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndsTest {

    private final Ends<Integer> ends = new Ends<>(2, Comparator.naturalOrder());

    @Test
    void keepsTheFirstAndTheLast() {
        IntStream.range(0, 1000).forEach(ends::add);

        assertThat(ends.all()).containsExactly(0, 1, 998, 999);
        assertThat(ends.leftOut()).isEqualTo(996);
    }

    @Test
    void keepsThemInWhateverOrderTheyCome() {
        IntStream.range(0, 1000).map(i -> i * 7 % 1000).forEach(ends::add);

        assertThat(ends.all()).containsExactly(0, 1, 998, 999);
        assertThat(ends.leftOut()).isEqualTo(996);
    }

    @Test
    void keepsEqualOnesInTheOrderInWhichTheyCome() {
        var texts = new Ends<>(2, Comparator.comparing(String::length));
        Stream.of("c", "aa", "b", "a", "cc").forEach(texts::add);

        assertThat(texts.all()).containsExactly("c", "b", "aa", "cc");
    }

    @Test
    void keepsAllOfAFew() {
        IntStream.range(0, 3).forEach(ends::add);

        assertThat(ends.all()).containsExactly(0, 1, 2);
        assertThat(ends.leftOut()).isZero();
    }
}

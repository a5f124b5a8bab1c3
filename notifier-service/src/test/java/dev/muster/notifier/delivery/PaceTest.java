package dev.muster.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Pace pace = new Pace(Duration.ofSeconds(10), 3);

    @Test
    void letsABurstGoAfterARestAndThenOneAfterEachInterval() {
        var one = pace.full(null, NOON);
        var two = pace.full(one, NOON);
        var three = pace.full(two, NOON);

        assertThat(pace.next(one)).isBeforeOrEqualTo(NOON);
        assertThat(pace.next(two)).isBeforeOrEqualTo(NOON);
        assertThat(pace.next(three)).isEqualTo(NOON.plusSeconds(10));
        assertThat(pace.next(pace.full(three, NOON.plusSeconds(10)))).isEqualTo(NOON.plusSeconds(20));
    }

    @Test
    void savesNoMoreThanABurst() {
        var later = NOON.plus(Duration.ofDays(1));
        var full = pace.full(NOON, later);

        assertThat(full).isEqualTo(later.plusSeconds(10));
    }

    @Test
    void ofABurstOfOneIsTheLeastTimeBetweenTwo() {
        var steady = new Pace(Duration.ofSeconds(1), 1);

        assertThat(steady.next(steady.full(null, NOON))).isEqualTo(NOON.plusSeconds(1));
        assertThat(Pace.NONE.bounds()).isFalse();
    }
}

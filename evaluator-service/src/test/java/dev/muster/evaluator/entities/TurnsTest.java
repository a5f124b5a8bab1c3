package dev.muster.evaluator.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final Pace pace = new Pace(Duration.ofMillis(75), Duration.ofSeconds(1), 2, Duration.ofMillis(400));
    private final Turns turns = new Turns(pace, nanos::get);

    @Test
    void aPortionIsUsedUpByNumberOrByTimeButNotByNothing() {
        var byNumber = turns.begin(NOON);
        byNumber.judged();
        assertThat(byNumber.goesOn()).isTrue();
        byNumber.judged();
        assertThat(byNumber.goesOn()).isFalse();

        var byTime = turns.begin(NOON);
        passes(400);
        assertThat(byTime.goesOn()).isTrue();
        byTime.judged();
        assertThat(byTime.goesOn()).isFalse();
    }

    @Test
    void theThreadRestsOnceAPortionIsCommittedHoweverLongThatTakes() {
        var portion = worksOneThrough();
        assertThat(turns.isDue(at(400 + 300))).isFalse();

        portion.committed(at(400 + 300));

        assertThat(portion.isUncommitted()).isFalse();
        assertThat(turns.isDue(at(400 + 300 + 74))).isFalse();
        assertThat(turns.isDue(at(400 + 300 + 75))).isTrue();
    }

    @Test
    void theThreadRestsForAsLongAsItWorkedWhenNobodyTellsOfTheCommit() {
        worksOneThrough();

        assertThat(turns.isDue(at(400 + 400 + 74))).isFalse();
        assertThat(turns.isDue(at(400 + 400 + 75))).isTrue();
    }

    @Test
    void thereIsNoRestAfterAPortionThatDidAllThereWas() {
        var portion = turns.begin(NOON);
        portion.judged();
        passes(10);

        assertThat(portion.end()).isEqualTo(at(10));
        assertThat(portion.isUncommitted()).isFalse();
        assertThat(turns.isDue(at(10))).isTrue();
    }

    @Test
    void theCommitOfAnEarlierPortionSaysNothingOfTheLast() {
        var first = worksOneThrough();
        var second = turns.begin(at(1000));
        second.judged();
        second.judged();
        second.end();

        first.committed(at(1001));

        assertThat(second.isUncommitted()).isTrue();
        assertThat(turns.isDue(at(1001 + 75))).isFalse();
    }

    private Turns.Portion worksOneThrough() {
        var portion = turns.begin(NOON);
        portion.judged();
        passes(400);
        assertThat(portion.end()).isEqualTo(at(400));
        assertThat(portion.isUncommitted()).isTrue();
        return portion;
    }

    private void passes(int millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private static Instant at(int millis) {
        return NOON.plusMillis(millis);
    }
}

package dev.muster.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FactCauseTest {

    @Test
    void showsTheBeginningOfALargeValueAndNeverHalfACharacter() {
        assertThat(FactCause.shortened("x".repeat(5000)))
                .hasSize(FactCause.SHORT)
                .endsWith("…");
        assertThat(FactCause.shortened("x".repeat(198) + "😀😀")).hasSize(199).endsWith("x…");
    }

    @Test
    void tellsWhatWasThereBeforeAndAfter() {
        var first = Told.set("1", Told.at(1));
        var second = Told.set("2", Told.at(2));
        var before = Registers.apply(null, first, Told.BOUND);

        var cause = FactCause.of("repo:a", second, before, Registers.apply(before, second, Told.BOUND), 7);

        assertThat(cause.before()).isEqualTo("1");
        assertThat(cause.after()).isEqualTo("2");
        assertThat(cause.at()).isEqualTo(Told.NOON.plusSeconds(2));
        assertThat(cause.scorecardVersion()).isEqualTo(7);
        assertThat(cause.baseline()).isFalse();
        assertThat(cause.asBaseline().baseline()).isTrue();
    }
}

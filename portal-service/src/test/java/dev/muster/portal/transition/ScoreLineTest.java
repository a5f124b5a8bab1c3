package dev.muster.portal.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.result.CauseView;
import dev.muster.portal.transition.TransitionView.StandingView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreLineTest {

    private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

    @Test
    void drawsTheScoreAsStepsFromTheFirstTransitionToNow() {
        var line = ScoreLine.of(List.of(at(50, 50), at(0, 100)), START.plusSeconds(100));

        assertThat(line).isNotNull();
        assertThat(line.path()).isEqualTo("M0 0 H500 V60 H1000");
        assertThat(line.marks()).extracting(ScoreLine.Mark::x).containsExactly(0, 500);
    }

    @Test
    void leavesOutWhatEndedAndIsNotThereWithoutAnything() {
        assertThat(ScoreLine.of(List.of(), START)).isNull();
        assertThat(ScoreLine.of(List.of(at(0, null)), START.plusSeconds(1))).isNull();
    }

    private static TransitionView at(int seconds, @Nullable Integer score) {
        var at = START.plusSeconds(seconds);
        var cause = new CauseView("FACT", "github", null, null, null, null, null, null, null, null, at, 1, false);
        var after = score == null ? null : new StandingView("gold", score, 100);
        return new TransitionView(
                "t" + seconds,
                at,
                "component:default/x",
                "card",
                "Card",
                1,
                1,
                "CHANGED",
                null,
                after,
                List.of(),
                cause,
                null,
                null,
                true);
    }
}

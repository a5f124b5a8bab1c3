package dev.muster.notifier.pipeline;

import static dev.muster.schemas.v1.TransitionKind.RECOVERED;
import static dev.muster.schemas.v1.TransitionKind.REGRESSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.pipeline.Decision.Telling;
import dev.muster.notifier.pipeline.Decision.Telling.Damp;
import dev.muster.notifier.pipeline.Decision.Telling.Suppress;
import dev.muster.notifier.pipeline.Decision.Telling.Tell;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlappingTest {

    private static final FlapSettings FOUR =
            new FlapSettings(4, Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofMinutes(1));
    private static final Telling REGRESSION = new Tell(Direction.REGRESSION);

    @Test
    void tellsWhatChangesNowAndThen() {
        assertThat(Flapping.damp(REGRESSION, 3, 0, FOUR)).isEqualTo(REGRESSION);
    }

    @Test
    void holdsBackWhatGoesBackAndForth() {
        assertThat(Flapping.damp(REGRESSION, 4, 0, FOUR)).isEqualTo(new Damp());
        assertThat(Flapping.damp(new Tell(Direction.RECOVERY), 5, 0, FOUR)).isEqualTo(new Damp());
        assertThat(Flapping.damp(new Suppress(SuppressedBecause.RECOVERED_WITHIN_WAIT), 4, 0, FOUR))
                .isEqualTo(new Damp());
    }

    @Test
    void holdsBackWhatBreaksAgainAfterItsRecovery() {
        assertThat(Flapping.damp(new Tell(Direction.RECOVERY), 2, turns(REGRESSED, RECOVERED), FOUR))
                .isEqualTo(new Tell(Direction.RECOVERY));
        assertThat(Flapping.damp(REGRESSION, 3, turns(REGRESSED, RECOVERED, REGRESSED), FOUR))
                .isEqualTo(new Damp());
        assertThat(Flapping.damp(REGRESSION, 3, turns(REGRESSED, REGRESSED, RECOVERED), FOUR))
                .as("it got worse before it recovered")
                .isEqualTo(REGRESSION);
    }

    private static int turns(TransitionKind... kinds) {
        return Flapping.turns(List.of(kinds));
    }

    @Test
    void leavesWhatNobodyIsToHearOf() {
        var baseline = new Suppress(SuppressedBecause.BASELINE);

        assertThat(Flapping.damp(baseline, 100, 50, FOUR)).isEqualTo(baseline);
    }
}

package dev.muster.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.pipeline.Decision.Telling;
import dev.muster.notifier.pipeline.Decision.Telling.Damp;
import dev.muster.notifier.pipeline.Decision.Telling.Suppress;
import dev.muster.notifier.pipeline.Decision.Telling.Tell;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlappingTest {

    private static final FlapSettings FOUR = new FlapSettings(4, Duration.ofMinutes(10), Duration.ofHours(1));
    private static final Telling REGRESSION = new Tell(Direction.REGRESSION);

    @Test
    void tellsWhatChangesNowAndThen() {
        assertThat(Flapping.damp(REGRESSION, 3, FOUR)).isEqualTo(REGRESSION);
    }

    @Test
    void holdsBackWhatGoesBackAndForth() {
        assertThat(Flapping.damp(REGRESSION, 4, FOUR)).isEqualTo(new Damp());
        assertThat(Flapping.damp(new Tell(Direction.RECOVERY), 5, FOUR)).isEqualTo(new Damp());
        assertThat(Flapping.damp(new Suppress(SuppressedBecause.RECOVERED_WITHIN_WAIT), 4, FOUR))
                .isEqualTo(new Damp());
    }

    @Test
    void leavesWhatNobodyIsToHearOf() {
        var baseline = new Suppress(SuppressedBecause.BASELINE);

        assertThat(Flapping.damp(baseline, 100, FOUR)).isEqualTo(baseline);
    }
}

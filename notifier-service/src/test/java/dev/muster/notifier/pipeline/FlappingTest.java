package dev.muster.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.GroupedBecause;
import dev.muster.notifier.ledger.Ledger.Waiting;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.pipeline.Decision.Telling;
import dev.muster.notifier.pipeline.Decision.Telling.Damp;
import dev.muster.notifier.pipeline.Decision.Telling.Suppress;
import dev.muster.notifier.pipeline.Decision.Telling.Tell;
import dev.muster.routing.HeldBecause;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlappingTest {

    private static final FlapSettings FOUR =
            new FlapSettings(4, Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofMinutes(1));
    private static final Telling REGRESSION = new Tell(Direction.REGRESSION);
    private static final Telling RECOVERY = new Tell(Direction.RECOVERY);

    @Test
    void tellsARegressionAndItsRecovery() {
        assertThat(Flapping.damp(REGRESSION, 1, 0, false, FOUR)).isEqualTo(REGRESSION);
        assertThat(Flapping.damp(RECOVERY, 2, 1, false, FOUR)).isEqualTo(RECOVERY);
    }

    @Test
    void holdsBackWhatWouldBeAThirdMessage() {
        assertThat(Flapping.damp(REGRESSION, 3, 2, false, FOUR)).isEqualTo(new Damp());
    }

    @Test
    void holdsBackWhatGoesBackAndForthAlsoWhenNobodyWasTold() {
        assertThat(Flapping.damp(REGRESSION, 4, 0, false, FOUR)).isEqualTo(new Damp());
        assertThat(Flapping.damp(RECOVERY, 5, 0, false, FOUR)).isEqualTo(new Damp());
    }

    @Test
    void holdsBackWhatFollowsOnWhatIsHeldBack() {
        assertThat(Flapping.damp(REGRESSION, 1, 0, true, FOUR)).isEqualTo(new Damp());
    }

    @ParameterizedTest
    @EnumSource(names = {"RECOVERED_WITHIN_WAIT", "BROKE_AGAIN_WITHIN_WAIT"})
    void countsWhatIsOverWithinItsWaitAmongWhatIsHeldBack(SuppressedBecause reason) {
        var over = new Suppress(reason);

        assertThat(Flapping.damp(over, 4, 0, false, FOUR)).isEqualTo(new Damp());
        assertThat(Flapping.damp(over, 1, 0, true, FOUR)).isEqualTo(new Damp());
        assertThat(Flapping.damp(over, 3, 2, false, FOUR))
                .as("it is no message")
                .isEqualTo(over);
    }

    @Test
    void leavesWhatNobodyIsToHearOf() {
        var baseline = new Suppress(SuppressedBecause.BASELINE);

        assertThat(Flapping.damp(baseline, 100, 50, true, FOUR)).isEqualTo(baseline);
    }

    @Test
    void holdsBackWhatSharesARuleAndWhatSharesOneWithThat() {
        var alone = waiting("t1", null, "has-owner");
        var shares = waiting("t2", null, "has-runbook", "no-known-cve");
        var both = waiting("t3", null, "no-known-cve", "coverage");

        var together = Flapping.together(Set.of("coverage"), List.of(alone, shares, both));

        assertThat(together.rules()).containsExactlyInAnyOrder("coverage", "no-known-cve", "has-runbook");
        assertThat(together.transitions()).containsExactly(shares, both);
    }

    @Test
    void holdsBackAllThatWaitsTogetherWithWhatIsAboutNoRule() {
        var waits = waiting("t1", null, "has-owner");

        assertThat(Flapping.together(Set.of(), List.of(waits)).transitions()).containsExactly(waits);
    }

    @Test
    void leavesWhatOnlyEndsIncidents() {
        var ends = waiting("t1", GroupedBecause.INCIDENT, "has-owner");

        assertThat(Flapping.together(Set.of("has-owner"), List.of(ends)).transitions())
                .isEmpty();
        assertThat(Flapping.together(Set.of(), List.of(ends)).transitions()).isEmpty();
    }

    private static Waiting waiting(String id, @Nullable GroupedBecause reason, String... rules) {
        return new Waiting(id, "n1", true, Set.of(rules), null, reason, HeldBecause.GROUPING);
    }
}

package dev.muster.notifier.pipeline;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.clock;
import static dev.muster.notifier.transition.Examples.dependabot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.message.Direction;
import org.junit.jupiter.api.Test;

class GroupingTest {

    private static final String KEY = Grouping.key(Direction.REGRESSION, TEAM, dependabot("d1"), null, "default");

    @Test
    void putsOneOwnerAndOneDeliveryTogether() {
        assertThat(Grouping.key(Direction.REGRESSION, TEAM, dependabot("d1"), null, "default"))
                .isEqualTo(KEY);
    }

    @Test
    void keepsOwnersDeliveriesAndDirectionsApart() {
        assertThat(Grouping.key(Direction.REGRESSION, "group:default/others", dependabot("d1"), null, "default"))
                .isNotEqualTo(KEY);
        assertThat(Grouping.key(Direction.REGRESSION, null, dependabot("d1"), null, "default"))
                .isNotEqualTo(KEY);
        assertThat(Grouping.key(Direction.REGRESSION, TEAM, dependabot("d2"), null, "default"))
                .isNotEqualTo(KEY);
        assertThat(Grouping.key(Direction.RECOVERY, TEAM, dependabot("d1"), null, "default"))
                .isNotEqualTo(KEY);
    }

    @Test
    void keepsRecoveriesOfDifferentThreadsApart() {
        assertThat(Grouping.key(Direction.RECOVERY, TEAM, dependabot("d1"), "n1", "default"))
                .isNotEqualTo(Grouping.key(Direction.RECOVERY, TEAM, dependabot("d1"), "n2", "default"));
    }

    @Test
    void putsRecoveriesOfOneThreadTogetherWhateverTheirCauses() {
        assertThat(Grouping.key(Direction.RECOVERY, TEAM, dependabot("d1"), "n1", "default"))
                .isEqualTo(Grouping.key(Direction.RECOVERY, TEAM, dependabot("d2"), "n1", "default"));
    }

    @Test
    void takesAnInstantThatPassedForOneCause() {
        assertThat(Grouping.key(Direction.REGRESSION, TEAM, clock(NOON), null, "default"))
                .isEqualTo(Grouping.key(Direction.REGRESSION, TEAM, clock(NOON), null, "default"))
                .isNotEqualTo(Grouping.key(Direction.REGRESSION, TEAM, clock(NOON.plusSeconds(1)), null, "default"));
    }
}

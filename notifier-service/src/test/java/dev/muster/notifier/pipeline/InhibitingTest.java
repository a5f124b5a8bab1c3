package dev.muster.notifier.pipeline;

import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.dependabot;
import static dev.muster.notifier.transition.Examples.regressed;
import static dev.muster.notifier.transition.Examples.transition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.Ledger.Waiting;
import dev.muster.notifier.transition.Transition;
import dev.muster.routing.HeldBecause;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InhibitingTest {

    private static final Transition LOST = regressed("d1");
    private static final Transition BROKE = transition(
            PAYMENTS,
            3,
            TransitionKind.REGRESSED,
            "bronze",
            "bronze",
            Outcome.PASS,
            Map.of(VULNERABILITIES, Outcome.FAIL),
            dependabot("d2"));

    @Test
    void takesWaitingRulesAlongWithTheLevelThatWasLost() {
        assertThat(LOST.lost()).isEqualTo("silver");
        assertThat(Inhibiting.of(
                        LOST,
                        List.of(
                                waiting("t1", "n1", true, null, HeldBecause.DIGEST),
                                waiting("t2", "n2", false, null, HeldBecause.GROUPING),
                                waiting("t3", "n3", true, "gold", HeldBecause.GROUPING))))
                .isEqualTo(new Inhibiting(null, List.of("t1")));
    }

    @Test
    void letsTheLostLevelThatWaitsSpeakForARule() {
        assertThat(Inhibiting.of(BROKE, List.of(waiting("t1", "n1", true, "silver", HeldBecause.GROUPING))))
                .isEqualTo(new Inhibiting("n1", List.of()));
    }

    @ParameterizedTest
    @EnumSource(names = {"DIGEST", "SILENCED", "FLAPPING"})
    void makesNobodyWaitLongerForIt(HeldBecause held) {
        assertThat(Inhibiting.of(BROKE, List.of(waiting("t1", "n1", true, "silver", held))))
                .isEqualTo(new Inhibiting(null, List.of()));
    }

    @Test
    void leavesRulesAmongThemselvesAlone() {
        assertThat(Inhibiting.of(BROKE, List.of(waiting("t1", "n1", true, null, HeldBecause.GROUPING))))
                .isEqualTo(new Inhibiting(null, List.of()));
    }

    private static Waiting waiting(
            String transition, String notification, boolean regression, @Nullable String lost, HeldBecause held) {
        return new Waiting(transition, notification, regression, Set.of(VULNERABILITIES), lost, null, held);
    }
}

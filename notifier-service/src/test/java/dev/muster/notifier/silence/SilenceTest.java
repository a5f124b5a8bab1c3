package dev.muster.notifier.silence;

import static dev.muster.notifier.transition.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.routing.Change;
import dev.muster.routing.ChangeKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private static final String TEAM = "group:default/payments";
    private static final Silence SHORT = SilenceExamples.of("s1", "owner", TEAM, NOON.plus(Duration.ofHours(1)));
    private static final Silence LONG = SilenceExamples.of("s2", "owner", "group:*", NOON.plus(Duration.ofHours(2)));
    private static final Change CHANGE = Change.of(ChangeKind.REMINDER, TEAM);

    @Test
    void isActiveFromItsBeginningUntilJustBeforeItsEnd() {
        assertThat(SHORT.state(NOON.minusMillis(1))).isEqualTo(Silence.State.PENDING);
        assertThat(SHORT.state(NOON)).isEqualTo(Silence.State.ACTIVE);
        assertThat(SHORT.state(NOON.plus(Duration.ofHours(1)))).isEqualTo(Silence.State.EXPIRED);
    }

    @Test
    void isOverWhenItWasEndedEarly() {
        var ended =
                new Silence("s3", SHORT.matchers(), "x", "ann", NOON, NOON, SHORT.endsAt(), "bob", NOON.plusSeconds(5));

        assertThat(ended.state(NOON.plusSeconds(4))).isEqualTo(Silence.State.ACTIVE);
        assertThat(ended.state(NOON.plusSeconds(5))).isEqualTo(Silence.State.EXPIRED);
    }

    @Test
    void coversByTheOneThatEndsLast() {
        assertThat(Silence.covering(List.of(LONG, SHORT), CHANGE, NOON)).contains(LONG);
        assertThat(Silence.covering(List.of(SHORT), Change.of(ChangeKind.REMINDER, null), NOON))
                .isEmpty();
        assertThat(Silence.covering(List.of(SHORT), CHANGE, SHORT.endsAt())).isEmpty();
    }
}

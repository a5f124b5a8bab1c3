package dev.muster.portal.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private int asked;
    private boolean stopping;
    private final Patience patience = new Patience(
            () -> now,
            new Patience.Bounds("backtest", Duration.ofMinutes(5), "muster.portal.backtest.within"),
            () -> asked++,
            () -> stopping);

    @Test
    void asksTheCallerAtOnceAndThenOnceASecond() throws IOException {
        patience.check();
        patience.check();
        assertThat(asked).isEqualTo(1);

        now = now.plusSeconds(1);
        patience.check();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void endsWhenItsTimeIsOverAndSaysWhatToDo() throws IOException {
        now = now.plus(Duration.ofMinutes(5));
        patience.check();
        now = now.plusSeconds(1);

        assertThatThrownBy(patience::check).isInstanceOfSatisfying(ProblemException.class, it -> {
            assertThat(it.problem().type()).isEqualTo(ProblemType.UNAVAILABLE);
            assertThat(it.problem().detail()).contains("after 5m", "muster.portal.backtest.within");
            assertThat(it.problem().retryAfter()).isPositive();
        });
    }

    @Test
    void endsWhenTheServiceStops() {
        stopping = true;

        assertThatThrownBy(patience::check).isInstanceOf(ProblemException.class).hasMessageContaining("stops");
    }
}

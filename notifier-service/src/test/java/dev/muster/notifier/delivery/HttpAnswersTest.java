package dev.muster.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.delivery.Attempt.GivenUp;
import dev.muster.notifier.delivery.Attempt.Pause;
import dev.muster.notifier.delivery.Attempt.Shorten;
import dev.muster.notifier.delivery.Attempt.TryAgain;
import dev.muster.notifier.ledger.FailedBecause;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswersTest {

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 507, 599})
    void triesAgainWhatMayPass(int status) {
        assertThat(HttpAnswers.of(status, Duration.ZERO)).isInstanceOf(TryAgain.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 401, 403, 404, 405, 410, 418, 451, 501, 505})
    void givesUpWhatWillNot(int status) {
        assertThat(HttpAnswers.of(status, Duration.ZERO)).isInstanceOf(GivenUp.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void triesAShorterFormOfWhatIsNotTaken(int status) {
        assertThat(HttpAnswers.of(status, Duration.ZERO)).isInstanceOf(Shorten.class);
    }

    @Test
    void pausesTheWholeDestinationThatIsAskedTooMuch() {
        assertThat(HttpAnswers.of(429, Duration.ofSeconds(2)))
                .isEqualTo(
                        new TryAgain(FailedBecause.RATE_LIMITED, Duration.ofSeconds(2), Pause.DESTINATION, "HTTP 429"));
    }
}

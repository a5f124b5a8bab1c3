package dev.muster.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15));

    @Test
    void doublesUpToTheCap() {
        assertThat(backoff.after(1, Duration.ZERO, 0)).hasSeconds(5);
        assertThat(backoff.after(2, Duration.ZERO, 0)).hasSeconds(10);
        assertThat(backoff.after(5, Duration.ZERO, 0)).hasSeconds(80);
        assertThat(backoff.after(100, Duration.ZERO, 0)).hasMinutes(15);
        assertThat(backoff.after(Integer.MAX_VALUE, Duration.ZERO, 1)).hasMinutes(15);
    }

    @Test
    void onlyEverAddsChance() {
        for (var chance = 0.0; chance <= 1; chance += 0.05) {
            assertThat(backoff.after(1, Duration.ZERO, chance))
                    .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
            assertThat(backoff.after(1, Duration.ofSeconds(60), chance))
                    .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(65));
        }
    }

    @Test
    void neverComesBackBeforeTheReceiverAsked() {
        for (var attempts = 1; attempts < 20; attempts++) {
            assertThat(backoff.after(attempts, Duration.ofSeconds(37), 0.5))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(37));
        }
    }

    @Test
    void doesNotLetAReceiverAskForMoreThanTheCap() {
        assertThat(backoff.after(1, Duration.ofSeconds(86_400), 0)).hasMinutes(15);
    }
}

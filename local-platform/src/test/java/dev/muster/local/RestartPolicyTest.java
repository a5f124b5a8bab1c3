package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final RestartPolicy policy = new RestartPolicy();

    @Test
    void waitsLongerAfterEachDeathAndThenGivesUp() {
        for (var seconds : new int[] {1, 2, 4, 8, 16}) {
            assertThat(policy.pauseAfterDeath("ingest", NOON)).contains(Duration.ofSeconds(seconds));
        }
        assertThat(policy.pauseAfterDeath("ingest", NOON)).isEmpty();
    }

    @Test
    void countsEachProcessForItself() {
        policy.pauseAfterDeath("ingest", NOON);
        assertThat(policy.pauseAfterDeath("portal", NOON)).contains(Duration.ofSeconds(1));
    }

    @Test
    void forgetsAfterTenMinutes() {
        for (var i = 0; i < RestartPolicy.ATTEMPTS; i++) {
            policy.pauseAfterDeath("ingest", NOON);
        }
        assertThat(policy.pauseAfterDeath("ingest", NOON.plus(Duration.ofMinutes(11))))
                .contains(Duration.ofSeconds(1));
    }
}

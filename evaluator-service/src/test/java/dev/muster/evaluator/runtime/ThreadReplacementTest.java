package dev.muster.evaluator.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private final ThreadReplacement replacement = new ThreadReplacement(2, () -> now);

    @Test
    void givesUpWhenEveryNewThreadDiesToo() {
        assertThat(die()).isEqualTo(REPLACE_THREAD);
        assertThat(die()).isEqualTo(REPLACE_THREAD);
        assertThat(die()).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void forgetsAfterFiveMinutes() {
        die();
        die();
        now = now.plus(Duration.ofMinutes(6));

        assertThat(die()).isEqualTo(REPLACE_THREAD);
    }

    private Object die() {
        return replacement.handle(new IllegalStateException("test"));
    }
}

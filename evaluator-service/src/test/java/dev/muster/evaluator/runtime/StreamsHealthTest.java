package dev.muster.evaluator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Status;

class StreamsHealthTest {

    @ParameterizedTest
    @CsvSource({
        "CREATED, false, true",
        "REBALANCING, false, true",
        "RUNNING, true, true",
        "PENDING_SHUTDOWN, false, true",
        "NOT_RUNNING, false, false",
        "PENDING_ERROR, false, false",
        "ERROR, false, false"
    })
    void aRebalanceIsNotReadyAndNeverNotAlive(State state, boolean ready, boolean alive) {
        var health = new StreamsHealth();
        health.onChange(state, State.CREATED);

        assertThat(health.readiness().health().getStatus()).isEqualTo(ready ? Status.UP : Status.DOWN);
        assertThat(health.liveness().health().getStatus()).isEqualTo(alive ? Status.UP : Status.DOWN);
    }
}

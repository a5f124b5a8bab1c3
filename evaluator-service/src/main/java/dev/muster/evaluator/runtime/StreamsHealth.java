package dev.muster.evaluator.runtime;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// How the streams are, told twice: a rebalance or a restore makes the service not ready, and never not alive.
public final class StreamsHealth implements KafkaStreams.StateListener {

    private final AtomicReference<State> state = new AtomicReference<>(State.CREATED);

    @Override
    public void onChange(State now, State before) {
        state.set(now);
    }

    /// UP while every partition is restored and handled.
    public HealthIndicator readiness() {
        return () -> health(state.get() == State.RUNNING);
    }

    /// DOWN when the streams have ended and do not come back by themselves.
    public HealthIndicator liveness() {
        return () -> health(
                switch (state.get()) {
                    case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> true;
                    case NOT_RUNNING, PENDING_ERROR, ERROR -> false;
                });
    }

    private Health health(boolean up) {
        return (up ? Health.up() : Health.down())
                .withDetail("state", state.get())
                .build();
    }
}

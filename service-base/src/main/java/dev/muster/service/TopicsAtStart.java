package dev.muster.service;

import dev.muster.schemas.SchemaRefusedException;
import dev.muster.schemas.TopicGuard;
import dev.muster.schemas.Topics;
import dev.muster.schemas.UnknownSchemaException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Holds the start of a service until its topics and their schemas are there, before anything reads or writes them.
///
/// Trouble that may pass is waited for; what is wrong stops the start at once.
final class TopicsAtStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicsAtStart.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final TopicGuard guard;
    private final Topics topics;
    private final Duration timeout;
    private volatile boolean running;

    TopicsAtStart(TopicGuard guard, Topics topics, Duration timeout) {
        this.guard = guard;
        this.topics = topics;
        this.timeout = timeout;
    }

    @Override
    public void start() {
        var deadline = System.nanoTime() + timeout.toNanos();
        for (var last = ""; !running; ) {
            try {
                guard.ensure().forEach(it -> log.warn("At start: {}", it));
                topics.prepareSchemas();
                running = true;
            } catch (SchemaRefusedException | UnknownSchemaException e) {
                throw new StartFailedException(e.getMessage(), e);
            } catch (KafkaException e) {
                if (!last.equals(e.getMessage())) {
                    log.warn("Waiting for Kafka and the schema registry: {}", e.getMessage());
                    last = String.valueOf(e.getMessage());
                }
                if (System.nanoTime() > deadline) {
                    throw new StartFailedException("Waited " + timeout.toSeconds() + " s. " + e.getMessage(), e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Interrupted while waiting for Kafka and the schema registry", e);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before every binding, listener and port.
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
